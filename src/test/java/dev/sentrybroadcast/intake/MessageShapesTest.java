package dev.sentrybroadcast.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages of every shape become one model; the texts here are synthetic. */
class MessageShapesTest {

  private static final String PNG = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==";

  @Test
  void chat_leadingSystemAndDeveloper_areInstructions() {
    Exchange exchange =
        exchange(
            "'messages':[{'role':'system','content':'a'},{'role':'developer','content':[{'type':"
                + "'text','text':'b'}]},{'role':'user','content':'c'},{'role':'system','content':'d'}]",
            "");
    assertThat(Decoding.revealed(exchange.systemInstructions()))
        .containsExactly(new Part.Text("a"), new Part.Text("b"));
    assertThat(Decoding.revealed(exchange.inputMessages()))
        .containsExactly(
            message("user", new Part.Text("c")), message("system", new Part.Text("d")));
  }

  @Test
  void chat_noSystem_hasNoInstructions() {
    assertThat(exchange("'messages':[{'content':'c','role':'user'}]", "").systemInstructions())
        .isNull();
    assertThat(exchange("'messages':[]", "").systemInstructions()).isNull();
  }

  @Test
  void chat_longText_isReadLikeAShortOne() {
    String json =
        "plain \\n \\\" \\\\ \\/ \\u00e9 é 東 \\ud83d\\ude00 \uD83D\uDE00 \\u0000 \\ud83d \\\\u0041 ";
    String text = "plain \n \" \\ / é é 東 \uD83D\uDE00 \uD83D\uDE00 \uFFFD \uFFFD \\u0041 ";
    for (int times : new int[] {1, 1_000}) {
      String messages =
          "\"messages\":[{\"role\":\"user\",\"content\":\"%s\"},{\"role\":\"user\",\"content\":\"c\"}]"
              .formatted(json.repeat(times));
      assertThat(Decoding.revealed(exchange(messages, "").inputMessages()))
          .containsExactly(
              message("user", new Part.Text(text.repeat(times))),
              message("user", new Part.Text("c")));
    }
  }

  @Test
  void chat_toolCallsAndResults_areParts() {
    Exchange exchange =
        exchange(
            "'messages':[{'role':'assistant','content':null,'tool_calls':[{'id':'1','type':'function',"
                + "'function':{'name':'f','arguments':'{ \\\"a\\\": 1 }'}},{'id':'2','function':{'name':'g',"
                + "'arguments':'no json'}}],'function_call':{'name':'h','arguments':''}},"
                + "{'role':'tool','tool_call_id':'1','content':'12'},"
                + "{'role':'function','name':'h','content':[{'type':'text','text':'x'}]}]",
            "");
    assertThat(Decoding.revealed(exchange.inputMessages()))
        .containsExactly(
            message(
                "assistant",
                new Part.ToolCall("1", "f", new JsonText("{\"a\":1}")),
                new Part.ToolCall("2", "g", new JsonText("\"no json\"")),
                new Part.ToolCall(null, "h", null)),
            message("tool", new Part.ToolResult("1", null, new JsonText("\"12\""))),
            message(
                "tool",
                new Part.ToolResult(
                    null, "h", new JsonText("[{\"type\":\"text\",\"text\":\"x\"}]"))));
  }

  @Test
  void chat_media_isKindTypeAndSize() {
    Exchange exchange =
        exchange(
            "'messages':[{'role':'user','content':['plain',"
                + "{'type':'image_url','image_url':{'url':'"
                + PNG
                + "'}},"
                + "{'type':'image_url','image_url':'https://example.com/a.png'},"
                + "{'type':'input_audio','input_audio':{'data':'AAAABBBB','format':'WAV'}},"
                + "{'type':'file','file':{'filename':'a.pdf','file_data':'data:application/pdf;base64,AAAA'}},"
                + "{'type':'file','file':{'file_id':'file-1'}},"
                + "{'type':'video_url','video_url':{'url':'https://example.com/a.mp4'}},"
                + "{'type':'hologram','x':1},null,7]}]",
            "");
    assertThat(Decoding.revealed(exchange.inputMessages()))
        .containsExactly(
            message(
                "user",
                new Part.Text("plain"),
                new Part.Blob("image", "image/png", 16),
                new Part.Uri("image", null, "https://example.com/a.png"),
                new Part.Blob("audio", "audio/wav", 6),
                new Part.Blob("document", "application/pdf", 3),
                new Part.FileReference("document", null, "file-1"),
                new Part.Uri("video", null, "https://example.com/a.mp4"),
                new Part.Other("hologram", new JsonText("{\"type\":\"hologram\",\"x\":1}")),
                new Part.Text("7")));
  }

  @Test
  void chat_answer_reasoningRefusalAudioImages() {
    Exchange exchange =
        exchange(
            "",
            "'choices':[{'finish_reason':'stop','message':{'role':'assistant','content':'c',"
                + "'reasoning':'r','reasoning_details':[{'type':'reasoning.text','text':'r'}],"
                + "'refusal':'n','audio':{'id':'a','data':'AAAA','transcript':'t'},"
                + "'images':[{'type':'image_url','image_url':{'url':'"
                + PNG
                + "'}}]}},"
                + "{'finish_reason':'length','message':{'reasoning_details':["
                + "{'type':'reasoning.summary','summary':'s'},{'type':'reasoning.encrypted','data':'AAAA'}]}},"
                + "{'finish_reason':'content_filter'}]");
    assertThat(Decoding.revealed(exchange.outputMessages()))
        .containsExactly(
            new Message(
                "assistant",
                null,
                List.of(
                    new Part.Reasoning("r"),
                    new Part.Text("c"),
                    new Part.Refusal("n"),
                    new Part.Blob("audio", null, 3),
                    new Part.Text("t"),
                    new Part.Blob("image", "image/png", 16)),
                "stop"),
            new Message("assistant", null, List.of(new Part.Reasoning("s")), "length"));
  }

  @Test
  void responses_items_areMessages() {
    Exchange exchange =
        exchange(
            "'instructions':'i','input':[{'role':'developer','content':'d'},'plain',"
                + "{'type':'message','role':'user','content':[{'type':'input_text','text':'t'},"
                + "{'type':'input_image','image_url':'"
                + PNG
                + "'},{'type':'input_file','file_url':"
                + "'https://example.com/a.pdf'}]},"
                + "{'type':'function_call','call_id':'1','name':'f','arguments':'{}'},"
                + "{'type':'function_call_output','call_id':'1','output':'o'},"
                + "{'type':'reasoning','summary':[]},{'type':'item_reference','id':'x'}]",
            "'status':'completed','output':[{'type':'reasoning','summary':[{'type':'summary_text','text':'s'}],"
                + "'encrypted_content':'AAAA'},{'type':'web_search_call','id':'w','status':'completed',"
                + "'action':{'query':'q'}},{'type':'mcp_call','id':'m','name':'n','arguments':'{}','output':'ok'},"
                + "{'type':'image_generation_call','result':'iVBORw0KGgoAAAANSUhEUg=='},"
                + "{'type':'message','role':'assistant','content':[{'type':'output_text','text':'a'},"
                + "{'type':'refusal','refusal':'n'}]}]");
    assertThat(Decoding.revealed(exchange.systemInstructions()))
        .containsExactly(new Part.Text("i"), new Part.Text("d"));
    assertThat(Decoding.revealed(exchange.inputMessages()))
        .containsExactly(
            message("user", new Part.Text("plain")),
            message(
                "user",
                new Part.Text("t"),
                new Part.Blob("image", "image/png", 16),
                new Part.Uri("document", null, "https://example.com/a.pdf")),
            message("assistant", new Part.ToolCall("1", "f", new JsonText("{}"))),
            message("tool", new Part.ToolResult("1", null, new JsonText("\"o\""))),
            message(
                "assistant",
                new Part.Other(
                    "item_reference", new JsonText("{\"type\":\"item_reference\",\"id\":\"x\"}"))));
    assertThat(Decoding.revealed(exchange.outputMessages()))
        .containsExactly(
            new Message(
                "assistant",
                null,
                List.of(
                    new Part.Reasoning("s"),
                    new Part.ToolCall(
                        "w", "web_search", new JsonText("{\"action\":{\"query\":\"q\"}}")),
                    new Part.ToolCall("m", "n", new JsonText("{}")),
                    new Part.ToolResult("m", "n", new JsonText("\"ok\"")),
                    new Part.Blob("image", null, 16),
                    new Part.Text("a"),
                    new Part.Refusal("n")),
                "completed"));
  }

  @Test
  void anthropic_blocks_areParts() {
    Exchange exchange =
        exchange(
            "'system':[{'type':'text','text':'s'}],'messages':[{'role':'user','content':["
                + "{'type':'tool_result','tool_use_id':'1','is_error':true,'content':'no'},"
                + "{'type':'tool_result','tool_use_id':'2','content':[{'type':'image','source':"
                + "{'type':'base64','media_type':'image/png','data':'iVBORw0KGgoAAAANSUhEUg=='}}]}]},"
                + "{'role':'user','content':[{'type':'document','source':{'type':'text','data':'d'}},"
                + "{'type':'image','source':{'type':'url','url':'https://example.com/a.png'}}]}]",
            "'type':'message','stop_reason':'tool_use','content':[{'type':'thinking','thinking':'t',"
                + "'signature':'AAAA'},{'type':'redacted_thinking','data':'AAAA'},"
                + "{'type':'tool_use','id':'3','name':'f','input':{'a':1}},{'type':'text','text':'x'}]");
    assertThat(Decoding.revealed(exchange.systemInstructions()))
        .containsExactly(new Part.Text("s"));
    assertThat(Decoding.revealed(exchange.inputMessages()))
        .containsExactly(
            message(
                "tool",
                new Part.ToolResult(
                    "1", null, new JsonText("{\"is_error\":true,\"content\":\"no\"}")),
                new Part.ToolResult(
                    "2",
                    null,
                    new JsonText(
                        "[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":"
                            + "\"image/png\",\"data\":\"[left out: image, image/png, 16 bytes]\"}}]"))),
            message(
                "user",
                new Part.Text("d"),
                new Part.Uri("image", null, "https://example.com/a.png")));
    assertThat(Decoding.revealed(exchange.outputMessages()))
        .containsExactly(
            new Message(
                "assistant",
                null,
                List.of(
                    new Part.Reasoning("t"),
                    new Part.Other(
                        "redacted_thinking", new JsonText("{\"type\":\"redacted_thinking\"}")),
                    new Part.ToolCall("3", "f", new JsonText("{\"a\":1}")),
                    new Part.Text("x")),
                "tool_use"));
  }

  @Test
  void otherApis_promptQueryInputAndImages() {
    assertThat(Decoding.revealed(exchange("'prompt':['a','b']", "'choices':[]").inputMessages()))
        .containsExactly(message("user", new Part.Text("a")), message("user", new Part.Text("b")));
    assertThat(Decoding.revealed(exchange("'query':'q','documents':[]", "").inputMessages()))
        .containsExactly(message("user", new Part.Text("q")));
    assertThat(Decoding.revealed(exchange("'input':['a','b']", "'data':[]").embeddingsInput()))
        .isEqualTo(new JsonText("[\"a\",\"b\"]"));
    assertThat(
            Decoding.revealed(
                exchange("'prompt':'p'", "'data':[{'b64_json':'iVBORw0KGgoAAAANSUhEUg=='}]")
                    .outputMessages()))
        .containsExactly(message("assistant", new Part.Blob("image", null, 16)));
    assertThat(Decoding.revealed(exchange("'prompt':'p'", "'text':'t'").outputMessages()))
        .containsExactly(message("assistant", new Part.Text("t")));
  }

  @Test
  void flat_generationContentOfOpenRouter_isAnExchange() {
    Exchange exchange =
        Decoding.valid(
                "{'model':'m','input':{'messages':[{'role':'user','content':'q'}]},'output':{'completion':'c','reasoning':'r'}}"
                    .replace('\'', '"'))
            .exchange();
    assertThat(Decoding.revealed(exchange.inputMessages()))
        .containsExactly(message("user", new Part.Text("q")));
    assertThat(Decoding.revealed(exchange.outputMessages()))
        .containsExactly(message("assistant", new Part.Reasoning("r"), new Part.Text("c")));
  }

  private static Message message(String role, Part... parts) {
    return new Message(role, null, List.of(parts), null);
  }

  private static Exchange exchange(String request, String response) {
    return Decoding.valid(
            Decoding.record("", request.replace('\'', '"'), response.replace('\'', '"')))
        .exchange();
  }
}
