package dev.sentrybroadcast.genai;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Translates producers' names of providers to the convention's (OpenTelemetry 1.41.1, {@code
 * gen_ai.provider.name}). Names that it does not list are sent in lower case.
 */
final class ProviderNames {

  private static final Pattern NOT_ALPHANUMERIC = Pattern.compile("[^\\p{L}\\p{Nd}]");

  /** The API behind the provider, as the Vercel AI SDK writes it. */
  private static final Pattern API =
      Pattern.compile("\\.(chat|completions?|responses|messages|embeddings?|image|generative-ai)$");

  private ProviderNames() {}

  static String conventional(String provider) {
    String lower = API.matcher(provider.strip().toLowerCase(Locale.ROOT)).replaceAll("");
    return switch (NOT_ALPHANUMERIC.matcher(lower).replaceAll("")) {
      case "openai" -> "openai";
      case "anthropic" -> "anthropic";
      case "bedrock", "amazon", "amazonbedrock", "awsbedrock", "bedrockconverse" -> "aws.bedrock";
      case "azure", "azureopenai", "azureaiopenai", "azaiopenai" -> "azure.ai.openai";
      case "azureai", "azureaiinference", "azureaifoundry", "azureaistudio", "azaiinference" ->
          "azure.ai.inference";
      case "gemini", "googlegemini", "googleaistudio", "gcpgemini" -> "gcp.gemini";
      case "vertex", "vertexai", "googlevertex", "googlevertexai", "gcpvertexai" -> "gcp.vertex_ai";
      case "google", "googleai", "gcp", "gcpgenai", "googlegenai" -> "gcp.gen_ai";
      case "mistral", "mistralai" -> "mistral_ai";
      case "xai" -> "x_ai";
      case "watsonx", "watsonxai", "ibm", "ibmwatsonx", "ibmwatsonxai" -> "ibm.watsonx.ai";
      case "cohere", "coherechat" -> "cohere";
      case "deepseek" -> "deepseek";
      case "groq" -> "groq";
      case "perplexity", "perplexityai" -> "perplexity";
      default -> lower;
    };
  }
}
