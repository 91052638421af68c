"""What LocalStack 4.14 does not do, and a deployment needs."""

from localstack.services.cloudformation.resource_provider import OperationStatus, ProgressEvent
from localstack.services.lambda_.invocation.execution_environment import ExecutionEnvironment
from localstack.services.lambda_.resource_providers.aws_lambda_version import LambdaVersionProvider
from localstack.services.lambda_.resource_providers.lambda_alias import LambdaAliasProvider


def close():
    LambdaVersionProvider.update = LambdaVersionProvider.create
    LambdaAliasProvider.update = update_alias
    ExecutionEnvironment.get_log_group_name = log_group_name


def update_alias(self, request):
    model = request.desired_state
    alias = request.aws_client_factory.lambda_.update_alias(
        FunctionName=model["FunctionName"], Name=model["Name"], FunctionVersion=model["FunctionVersion"]
    )
    model["Id"] = alias["AliasArn"]
    return ProgressEvent(status=OperationStatus.SUCCESS, resource_model=model)


def log_group_name(self):
    logging = self.function_version.config.logging_config
    return logging.get("LogGroup") or f"/aws/lambda/{self.function_version.id.function_name}"
