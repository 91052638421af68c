package dev.sentrybroadcast.genai;

import java.util.Locale;

/**
 * Providers in the convention's spelling (OpenTelemetry 1.41.1, {@code gen_ai.provider.name}),
 * whatever the producer calls them; one that it does not list is sent in lower case.
 */
final class ProviderNames {

  private ProviderNames() {}

  static String conventional(String provider) {
    String lower = provider.strip().toLowerCase(Locale.ROOT);
    return switch (lettersAndDigits(lower)) {
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

  private static String lettersAndDigits(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        kept.append(c);
      }
    }
    return kept.toString();
  }
}
