package weather;

import io.micrometer.observation.ObservationRegistry;
import java.util.function.Function;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Spring AI: a chat client on OpenAI, a streamed one on Anthropic, an embedding, a refused call. */
@SpringBootApplication
public class Run {

  private static final String CANARY = System.getenv("CANARY");

  record City(String city) {}

  public static void main(String[] arguments) {
    System.exit(SpringApplication.exit(SpringApplication.run(Run.class, arguments)));
  }

  @Bean
  CommandLineRunner scenario(
      OpenAiChatModel gpt,
      AnthropicChatModel claude,
      EmbeddingModel embeddings,
      ObservationRegistry observations) {
    return arguments -> {
      client(gpt, observations)
          .prompt("How warm is it in Paris? " + CANARY + "USER")
          .advisors(advisor -> advisor.param(ChatMemory.CONVERSATION_ID, "sess_77"))
          .call()
          .content();
      client(claude, observations)
          .prompt("And tomorrow? " + CANARY + "TOMORROW")
          .advisors(advisor -> advisor.param(ChatMemory.CONVERSATION_ID, "sess_77"))
          .stream()
          .content()
          .blockLast();
      embeddings.embed("Paris " + CANARY + "EMBED");
      try {
        ChatClient.create(gpt, observations)
            .prompt("Answer over the limit. " + CANARY + "LIMIT")
            .call()
            .content();
        throw new IllegalStateException("the call was not refused");
      } catch (com.openai.errors.RateLimitException expected) {
        System.out.println("refused, as expected");
      }
    };
  }

  private static ChatClient client(ChatModel model, ObservationRegistry observations) {
    MessageWindowChatMemory memory = MessageWindowChatMemory.builder().build();
    return ChatClient.builder(model, observations, null, null)
        .defaultSystem("You are a weather assistant. " + CANARY + "SYSTEM")
        .defaultAdvisors(MessageChatMemoryAdvisor.builder(memory).build())
        .defaultToolCallbacks(getWeather())
        .build();
  }

  private static ToolCallback getWeather() {
    Function<City, String> weather = city -> "18 degrees " + CANARY + "RESULT";
    return FunctionToolCallback.builder("get_weather", weather)
        .description("Looks up the weather of a city. " + CANARY + "DESC")
        .inputType(City.class)
        .build();
  }
}
