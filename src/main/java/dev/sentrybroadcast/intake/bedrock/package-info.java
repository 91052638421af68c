/** Amazon Bedrock's log of model invocations. */
@NullMarked
package dev.sentrybroadcast.intake.bedrock;

import org.jspecify.annotations.NullMarked;
