package dev.sentrybroadcast.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.InputStream;
import java.io.OutputStream;

/** A typed handler between the managed runtime's own serializers. */
record TypedHandler(RequestHandler<SQSEvent, SQSBatchResponse> handler)
    implements RequestStreamHandler {

  @Override
  public void handleRequest(InputStream event, OutputStream response, Context context) {
    SQSEvent read = serializer(SQSEvent.class).fromJson(event);
    serializer(SQSBatchResponse.class).toJson(handler.handleRequest(read, context), response);
  }

  /** The runtime's choice between its two serializers. */
  private static <T> PojoSerializer<T> serializer(Class<T> type) {
    return LambdaEventSerializers.isLambdaSupportedEvent(type.getName())
        ? LambdaEventSerializers.serializerFor(type, TypedHandler.class.getClassLoader())
        : JacksonFactory.getInstance().getSerializer(type);
  }
}
