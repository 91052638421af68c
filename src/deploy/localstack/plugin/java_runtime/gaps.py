"""What AWS does in a deployment and LocalStack 4.14 does not."""

import functools

from localstack.runtime import hooks


@hooks.on_infra_start()
def close_gaps():
    from localstack.services.cloudformation.engine.v2.change_set_model import ChangeSetModel
    from localstack.services.cloudformation.engine.v2.change_set_model_preproc import PreprocResource
    from localstack.services.cloudformation.v2.provider import CloudformationProviderV2
    from localstack.services.lambda_.invocation.execution_environment import ExecutionEnvironment
    from localstack.services.lambda_.resource_providers.lambda_alias import LambdaAliasProvider

    CloudformationProviderV2.update_stack = with_previous_template(CloudformationProviderV2.update_stack)
    ChangeSetModel._resolve_requires_replacement = in_place(ChangeSetModel._resolve_requires_replacement)
    PreprocResource.__init__ = retained(PreprocResource.__init__)
    LambdaAliasProvider.update = update_alias
    ExecutionEnvironment.get_log_group_name = log_group_name


def with_previous_template(update_stack):
    """Takes UsePreviousTemplate, as `aws cloudformation update-stack --use-previous-template` sends it."""
    from localstack.services.cloudformation.stores import get_cloudformation_store

    @functools.wraps(update_stack)
    def update(self, context, request):
        if request.get("UsePreviousTemplate"):
            stacks = get_cloudformation_store(context.account_id, context.region).stacks_v2.values()
            (stack,) = [s for s in stacks if s.stack_name == request["StackName"] and s.status.endswith("_COMPLETE") and not s.status.startswith("DELETE")]
            request["TemplateBody"] = stack.template_body
        return update_stack(self, context, request)

    return update


def in_place(requires_replacement):
    """An alias or a URL that refers to a function which changes is not another one."""

    @functools.wraps(requires_replacement)
    def replacement(self, node_properties, resource_type):
        if resource_type.value in ("AWS::Lambda::Alias", "AWS::Lambda::Url"):
            return False
        return requires_replacement(self, node_properties, resource_type)

    return replacement


def retained(init):
    """RetainExceptOnCreate keeps a resource when its stack is deleted, as Retain does."""

    @functools.wraps(init)
    def resource(self, *args, **kwargs):
        init(self, *args, **kwargs)
        if self.deletion_policy == "RetainExceptOnCreate":
            self.deletion_policy = "Retain"

    return resource


def update_alias(self, request):
    from localstack.services.cloudformation.resource_provider import OperationStatus, ProgressEvent

    model = request.desired_state
    alias = request.aws_client_factory.lambda_.update_alias(
        FunctionName=model["FunctionName"], Name=model["Name"], FunctionVersion=model["FunctionVersion"]
    )
    model["Id"] = alias["AliasArn"]
    return ProgressEvent(status=OperationStatus.SUCCESS, resource_model=model)


def log_group_name(self):
    logging = self.function_version.config.logging_config
    return logging.get("LogGroup") or f"/aws/lambda/{self.function_version.id.function_name}"
