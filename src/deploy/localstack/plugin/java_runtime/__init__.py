"""Plugins of LocalStack: functions run as processes, each under AWS's Java runtime client.

LocalStack's own executor starts containers. Variables: FUNCTION_JAVA is the java to start,
FUNCTION_RUNTIME the class path of the runtime client.
"""

from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin


class JavaRuntimePlugin(RuntimeExecutorPlugin):
    name = "java"

    def load(self, *args, **kwargs):
        from java_runtime.executor import JavaRuntimeExecutor

        return JavaRuntimeExecutor
