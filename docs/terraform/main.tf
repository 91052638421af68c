# The stack of template.yaml, from the same zip: Terraform uploads it and hands the template to CloudFormation,
# so that there is one description of what is deployed. In the release's directory (docs/deploy.md):
#   terraform -chdir=docs/terraform init
#   terraform -chdir=docs/terraform apply -var release=$PWD -var bucket=a-name-of-yours

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "release" {
  description = "The directory with template.yaml and the zip."
  type        = string
}

variable "bucket" {
  description = "The name of the bucket for the zip and the template; it is made here."
  type        = string
}

variable "stack_name" {
  type    = string
  default = "sentry-broadcast"
}

variable "parameters" {
  description = "Parameters of template.yaml other than their defaults."
  type        = map(string)
  default     = {}
}

locals {
  zip = one(fileset(var.release, "*.zip"))
  key = "${filesha256("${var.release}/${local.zip}")}.zip"
  # What `aws cloudformation package` does.
  template = replace(
    replace(file("${var.release}/template.yaml"), "CodeUri: ${local.zip}", "CodeUri: s3://${var.bucket}/${local.key}"),
    "/(LicenseUrl|ReadmeUrl): .*/", ""
  )
}

resource "aws_s3_bucket" "code" {
  bucket = var.bucket
}

resource "aws_s3_object" "function" {
  bucket = aws_s3_bucket.code.id
  key    = local.key
  source = "${var.release}/${local.zip}"
}

# Beyond 51,200 bytes CloudFormation takes a template from a bucket only.
resource "aws_s3_object" "template" {
  bucket  = aws_s3_bucket.code.id
  key     = "${sha256(local.template)}.yaml"
  content = local.template
}

resource "aws_cloudformation_stack" "sentry_broadcast" {
  name         = var.stack_name
  template_url = "https://${aws_s3_bucket.code.bucket_regional_domain_name}/${aws_s3_object.template.key}"
  capabilities = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
  parameters   = var.parameters

  depends_on = [aws_s3_object.function]
}

output "outputs" {
  description = "Those of the stack: the queue, the URL of the connection function, and others."
  value       = aws_cloudformation_stack.sentry_broadcast.outputs
}
