package dev.sentrybroadcast.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.generation.Usage;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Requests and responses of every API: a body, and the values that are read from it. In the bodies
 * {@code '} stands for {@code "}.
 */
class ApiBodiesTest {

  private static final String PNG = "iVBORw0KGgoAAAANSUhEUg==";

  /** A flat record without its model and the values: model, provider, usage, reasons, in, out. */
  private static final Map<String, List<String>> BODIES =
      Map.ofEntries(
          row(
              "Gemini in snake case, blocked",
              "'model':'models/gemini-2.5-pro','contents':'q','config':{'system_instruction':'s',"
                  + "'temperature':0.5},'prompt_feedback':{'block_reason':'SAFETY',"
                  + "'block_reason_message':'no'},'usage_metadata':{'prompt_token_count':4,"
                  + "'total_token_count':4}",
              "gemini-2.5-pro gcp.gen_ai 4/null/4/null/null/null [SAFETY] s",
              "user: text(q)",
              "assistant: refusal(no)"),
          row(
              "Gemini with tools, code, files and a search",
              "'model':'g','contents':[{'role':'user','parts':[{'fileData':{'mimeType':'audio/mp3',"
                  + "'fileUri':'gs://a'}},{'text':'t'}]},{'role':'model','parts':[{'functionCall':"
                  + "{'name':'f','args':{}}}]},{'role':'function','parts':[{'functionResponse':"
                  + "{'name':'f','response':{'r':1}}}]}],'candidates':[{'content':{'parts':["
                  + "{'executableCode':{'language':'PYTHON','code':'1+1'}},{'codeExecutionResult':"
                  + "{'outcome':'OUTCOME_OK','output':'2'}},{'text':'two'}]},'finishReason':"
                  + "'MAX_TOKENS','groundingMetadata':{'webSearchQueries':['w']}},{'content':"
                  + "{'parts':[{'text':'zwei'}]},'index':1,'finishReason':'STOP'}],'usageMetadata':"
                  + "{'promptTokenCount':10,'toolUsePromptTokenCount':5,'candidatesTokenCount':7,"
                  + "'thoughtsTokenCount':3,'totalTokenCount':25,'cachedContentTokenCount':4}",
              "g gcp.gen_ai 15/10/25/4/null/3 [MAX_TOKENS, STOP]",
              "user: uri(gs://a) text(t); assistant: call(f {}); tool: result(f {\"r\":1})",
              "assistant: call(code_execution {\"language\":\"PYTHON\",\"code\":\"1+1\"})"
                  + " result(code_execution {\"outcome\":\"OUTCOME_OK\",\"output\":\"2\"}) text(two)"
                  + " other(citations {\"webSearchQueries\":[\"w\"]}); assistant: text(zwei)"),
          row(
              "Bedrock Converse",
              "'modelId':'us.anthropic.claude','system':[{'text':'s'}],'inferenceConfig':"
                  + "{'maxTokens':9},'messages':[{'role':'user','content':[{'text':'q'},{'image':"
                  + "{'format':'png','source':{'bytes':'"
                  + PNG
                  + "'}}},{'cachePoint':{'type':"
                  + "'default'}}]},{'role':'user','content':[{'toolResult':{'toolUseId':'1',"
                  + "'status':'error','content':[{'text':'no'}]}}]}],'output':{'message':{'role':"
                  + "'assistant','content':[{'reasoningContent':{'reasoningText':{'text':'r',"
                  + "'signature':'x'}}},{'text':'a'},{'toolUse':{'toolUseId':'2','name':'f',"
                  + "'input':{'k':1}}}]}},'stopReason':'tool_use','usage':{'inputTokens':10,"
                  + "'outputTokens':5,'totalTokens':115,'cacheReadInputTokens':100},'metrics':"
                  + "{'latencyMs':1500},'trace':{'guardrail':{'action':'NONE'}}",
              "us.anthropic.claude aws.bedrock 110/5/115/100/null/null [tool_use] s 1500 ms",
              "user: text(q) blob(image/png); tool:"
                  + " result(null {\"is_error\":true,\"content\":[{\"text\":\"no\"}]})",
              "assistant: reasoning(r) text(a) call(f {\"k\":1})"
                  + " other(guardrail {\"action\":\"NONE\"})"),
          row(
              "Cohere 2",
              "'model':'command','messages':[{'role':'user','content':'q'}],'id':'i',"
                  + "'finish_reason':'COMPLETE','message':{'role':'assistant','content':[{'type':"
                  + "'text','text':'a'}],'citations':[{'text':'c'}]},'usage':{'tokens':"
                  + "{'input_tokens':8,'output_tokens':2}}",
              "command cohere 8/2/10/null/null/null [COMPLETE]",
              "user: text(q)",
              "assistant: text(a) other(citations [{\"text\":\"c\"}])"),
          row(
              "Cohere 1",
              "'model':'command-r','preamble':'s','message':'q2','chat_history':[{'role':'USER',"
                  + "'message':'q1'},{'role':'CHATBOT','message':'a1'}],'text':'a2',"
                  + "'generation_id':'g','finish_reason':'MAX_TOKENS','meta':{'billed_units':"
                  + "{'input_tokens':3,'output_tokens':4},'tokens':{'input_tokens':70,"
                  + "'output_tokens':4}}",
              "command-r cohere 3/4/7/null/null/null [MAX_TOKENS] s",
              "user: text(q1); assistant: text(a1); user: text(q2)",
              "assistant: text(a2)"),
          row(
              "Ollama chat",
              "'model':'qwen3','messages':[{'role':'user','content':'q','images':['"
                  + PNG
                  + "']}],"
                  + "'options':{'temperature':0.1,'num_predict':9},'message':{'role':'assistant',"
                  + "'content':'a','thinking':'r','tool_calls':[{'function':{'name':'f',"
                  + "'arguments':{'k':1}}}]},'done':true,'done_reason':'stop','total_duration':"
                  + "2500000000,'prompt_eval_count':26,'eval_count':298",
              "qwen3 null 26/298/324/null/null/null [stop] 2500 ms",
              "user: text(q) blob(null)",
              "assistant: reasoning(r) text(a) call(f {\"k\":1})"),
          row(
              "Ollama generate",
              "'model':'llava','system':'s','prompt':'q','images':['"
                  + PNG
                  + "'],'response':'a',"
                  + "'done':true,'done_reason':'length','eval_count':3",
              "llava null null/3/null/null/null/null [length] s",
              "user: text(q) blob(null)",
              "assistant: text(a)"),
          row(
              "Responses with hosted tools",
              "'model':'gpt-5','input':[{'type':'mcp_approval_response','approve':true}],'output':["
                  + "{'type':'web_search_call','id':'w','action':{'type':'search','query':'x'}},"
                  + "{'type':'file_search_call','id':'f','queries':['y'],'results':[{'text':'z'}]},"
                  + "{'type':'mcp_approval_request','id':'m','name':'n','arguments':'{}'},"
                  + "{'type':'local_shell_call','id':'l','action':{'command':['ls']}},"
                  + "{'type':'compaction','encrypted_content':'AAAA'},{'type':'message','content':["
                  + "{'type':'output_text','text':'a','annotations':[{'type':'url_citation',"
                  + "'url':'u'}]}]}],'status':'incomplete','incomplete_details':{'reason':"
                  + "'max_output_tokens'},'usage':{'input_tokens':5,'output_tokens':1}",
              "gpt-5 null 5/1/6/null/null/null [max_output_tokens]",
              "user: other(mcp_approval_response"
                  + " {\"type\":\"mcp_approval_response\",\"approve\":true})",
              "assistant: call(web_search {\"action\":{\"type\":\"search\",\"query\":\"x\"}})"
                  + " call(file_search {\"queries\":[\"y\"]})"
                  + " result(file_search [{\"text\":\"z\"}]) call(n {})"
                  + " call(local_shell {\"action\":{\"command\":[\"ls\"]}})"
                  + " other(compaction {\"type\":\"compaction\"}) text(a)"
                  + " other(citations [{\"type\":\"url_citation\",\"url\":\"u\"}])"),
          row(
              "Anthropic with a server's tool and citations",
              "'model':'claude','system':'s','messages':[{'role':'user','content':'q'}],'type':"
                  + "'message','stop_reason':'pause_turn','content':[{'type':'server_tool_use','id':"
                  + "'1','name':'web_search','input':{'query':'x'}},{'type':'web_search_tool_result',"
                  + "'tool_use_id':'1','content':[{'url':'u','encrypted_content':'AAAA'}]},{'type':"
                  + "'text','text':'a','citations':[{'cited_text':'c'}]}],'usage':{'input_tokens':1,"
                  + "'output_tokens':2,'cache_creation_input_tokens':7,'cache_creation':"
                  + "{'ephemeral_5m_input_tokens':3,'ephemeral_1h_input_tokens':4}}",
              "claude null 8/2/10/null/7/null [pause_turn] s",
              "user: text(q)",
              "assistant: call(web_search {\"query\":\"x\"}) result(null [{\"url\":\"u\"}]) text(a)"
                  + " other(citations [{\"cited_text\":\"c\"}])"),
          row(
              "Perplexity's sources",
              "'model':'sonar','messages':[{'role':'user','content':'q'}],'choices':[{'message':"
                  + "{'content':'a'}}],'citations':['u'],'usage':{'prompt_tokens':1}",
              "sonar null 1/null/null/null/null/null []",
              "user: text(q)",
              "assistant: text(a); assistant: other(citations [\"u\"])"),
          row(
              "Rerank",
              "'model':'rerank-v3.5','query':'q','documents':['d1',{'text':'d2'}],'results':["
                  + "{'index':1,'relevance_score':0.9}],'meta':{'billed_units':{'search_units':1}}",
              "rerank-v3.5 null null/null/null/null/null/null []",
              "user: text(q) text(d1) text(d2)",
              "assistant: text({\"index\":1,\"relevance_score\":0.9})"),
          row(
              "OCR",
              "'model':'mistral-ocr-latest','document':{'type':'document_url','document_url':'u'},"
                  + "'pages':[{'index':0,'markdown':'p','images':[{'image_base64':'"
                  + PNG
                  + "'}]}]",
              "mistral-ocr-latest null null/null/null/null/null/null []",
              "user: other(document_url {\"type\":\"document_url\",\"document_url\":\"u\"})",
              "assistant: text(p) blob(null)"),
          row(
              "A message of no known shape",
              "'model':'m','messages':[{'role':'user','question':'q','top_k':4},{'topic':'t'}],"
                  + "'choices':[]",
              "m null null/null/null/null/null/null []",
              "user: text({\"question\":\"q\",\"top_k\":4}); user: text({\"topic\":\"t\"})",
              ""));

  private static Map.Entry<String, List<String>> row(
      String name, String body, String values, String input, String output) {
    return Map.entry(name, List.of(body, values, input, output));
  }

  @TestFactory
  List<DynamicTest> flat_body_hasItsValues() {
    return BODIES.entrySet().stream()
        .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> check(row.getValue())))
        .toList();
  }

  private static void check(List<String> row) {
    Generation generation = Decoding.valid(json("{" + row.getFirst() + "}"));
    assertThat(values(generation)).isEqualTo(row.get(1));
    assertThat(messages(generation.exchange().inputMessages())).isEqualTo(row.get(2));
    assertThat(messages(generation.exchange().outputMessages())).isEqualTo(row.get(3));
  }

  /** The chunks of one answer, in the shape of each API, also as the text of events. */
  private static final Map<String, List<String>> STREAMS =
      Map.of(
          "Anthropic",
          List.of(
              "[{'type':'message_start','message':{'id':'m1','type':'message','role':'assistant',"
                  + "'model':'c','content':[],'usage':{'input_tokens':5,'output_tokens':1}}},"
                  + "{'type':'content_block_start','index':0,'content_block':{'type':'thinking',"
                  + "'thinking':''}},{'type':'ping'},{'type':'content_block_delta','index':0,"
                  + "'delta':{'type':'thinking_delta','thinking':'r'}},{'type':'content_block_delta',"
                  + "'index':0,'delta':{'type':'signature_delta','signature':'x'}},"
                  + "{'type':'content_block_stop','index':0},{'type':'content_block_start','index':1,"
                  + "'content_block':{'type':'text','text':''}},{'type':'content_block_delta',"
                  + "'index':1,'delta':{'type':'text_delta','text':'a'}},{'type':"
                  + "'content_block_delta','index':1,'delta':{'type':'text_delta','text':'b'}},"
                  + "{'type':'content_block_start','index':2,'content_block':{'type':'tool_use',"
                  + "'id':'t','name':'f','input':{}}},{'type':'content_block_delta','index':2,"
                  + "'delta':{'type':'input_json_delta','partial_json':'{\\'k\\':'}},{'type':"
                  + "'content_block_delta','index':2,'delta':{'type':'input_json_delta',"
                  + "'partial_json':'1}'}},{'type':'message_delta','delta':{'stop_reason':"
                  + "'tool_use'},'usage':{'output_tokens':7}},{'type':'message_stop'}]",
              "m1 5/7 [tool_use]"),
          "Gemini",
          List.of(
              "[{'candidates':[{'content':{'role':'model','parts':[{'text':'r','thought':true}]}}],"
                  + "'responseId':'m1','modelVersion':'c'},{'candidates':[{'content':{'parts':["
                  + "{'text':'a'}]}}]},{'candidates':[{'content':{'parts':[{'text':'b'}]}}]},"
                  + "{'candidates':[{'content':{'parts':[{'functionCall':{'name':'f','args':"
                  + "{'k':1}}}]},'finishReason':'STOP'}],'usageMetadata':{'promptTokenCount':5,"
                  + "'candidatesTokenCount':7}}]",
              "m1 5/7 [STOP]"),
          "Bedrock",
          List.of(
              "[{'messageStart':{'role':'assistant'}},{'contentBlockDelta':{'delta':"
                  + "{'reasoningContent':{'text':'r'}},'contentBlockIndex':0}},{'contentBlockDelta':"
                  + "{'delta':{'text':'a'},'contentBlockIndex':1}},{'contentBlockDelta':{'delta':"
                  + "{'text':'b'},'contentBlockIndex':1}},{'contentBlockStop':{'contentBlockIndex':"
                  + "1}},{'contentBlockStart':{'start':{'toolUse':{'toolUseId':'t','name':'f'}},"
                  + "'contentBlockIndex':2}},{'contentBlockDelta':{'delta':{'toolUse':{'input':"
                  + "'{\\'k\\':'}},'contentBlockIndex':2}},{'contentBlockDelta':{'delta':{'toolUse':"
                  + "{'input':'1}'}},'contentBlockIndex':2}},{'messageStop':{'stopReason':"
                  + "'tool_use'}},{'metadata':{'usage':{'inputTokens':5,'outputTokens':7}}}]",
              "null 5/7 [tool_use]"),
          "Responses, broken off",
          List.of(
              "[{'type':'response.created','response':{'id':'m1','status':'in_progress',"
                  + "'output':[]}},{'type':'response.output_item.added','output_index':0,'item':"
                  + "{'type':'reasoning','id':'x','summary':[]}},{'type':"
                  + "'response.reasoning_summary_text.delta','output_index':0,'summary_index':0,"
                  + "'delta':'r'},{'type':'response.output_text.delta','output_index':1,"
                  + "'content_index':0,'delta':'a'},{'type':'response.output_text.delta',"
                  + "'output_index':1,'content_index':0,'delta':'b'},{'type':"
                  + "'response.output_item.added','output_index':2,'item':{'type':'function_call',"
                  + "'name':'f','arguments':''}},{'type':'response.function_call_arguments.delta',"
                  + "'output_index':2,'delta':'{\\'k\\':1}'},{'type':'response.output_item.done',"
                  + "'output_index':2,'item':{'type':'function_call','name':'f','arguments':"
                  + "'{\\'k\\':1}'}}]",
              "m1 null/null []"),
          "Responses",
          List.of(
              "[{'type':'response.created','response':{'id':'m1'}},{'type':'response.completed',"
                  + "'response':{'id':'m1','status':'completed','output':[{'type':'reasoning',"
                  + "'summary':[{'type':'summary_text','text':'r'}]},{'type':'message','content':["
                  + "{'type':'output_text','text':'ab'}]},{'type':'function_call','name':'f',"
                  + "'arguments':'{\\'k\\':1}'}],'usage':{'input_tokens':5,'output_tokens':7}}}]",
              "m1 5/7 [completed]"),
          "Cohere",
          List.of(
              "[{'type':'message-start','id':'m1','delta':{'message':{'role':'assistant'}}},"
                  + "{'type':'tool-plan-delta','delta':{'message':{'tool_plan':'r'}}},"
                  + "{'type':'content-start','index':0,'delta':{'message':{'content':{'type':'text',"
                  + "'text':''}}}},{'type':'content-delta','index':0,'delta':{'message':{'content':"
                  + "{'text':'a'}}}},{'type':'content-delta','index':0,'delta':{'message':"
                  + "{'content':{'text':'b'}}}},{'type':'content-end','index':0},{'type':"
                  + "'tool-call-start','index':0,'delta':{'message':{'tool_calls':{'id':'t',"
                  + "'function':{'name':'f','arguments':''}}}}},{'type':'tool-call-delta','index':0,"
                  + "'delta':{'message':{'tool_calls':{'function':{'arguments':'{\\'k\\':1}'}}}}},"
                  + "{'type':'message-end','delta':{'finish_reason':'TOOL_CALL','usage':"
                  + "{'billed_units':{'input_tokens':5,'output_tokens':7}}}}]",
              "m1 5/7 [TOOL_CALL]"),
          "Ollama, as lines",
          List.of(
              "'{\\'message\\':{\\'role\\':\\'assistant\\',\\'content\\':\\'\\',\\'thinking\\':\\'r\\'},"
                  + "\\'done\\':false}\\n{\\'message\\':{\\'content\\':\\'a\\'},\\'done\\':false}\\n"
                  + "{\\'message\\':{\\'content\\':\\'b\\',\\'tool_calls\\':[{\\'function\\':{\\'name\\':"
                  + "\\'f\\',\\'arguments\\':{\\'k\\':1}}}]},\\'done\\':true,\\'done_reason\\':\\'stop\\',"
                  + "\\'prompt_eval_count\\':5,\\'eval_count\\':7}\\n'",
              "null 5/7 [stop]"),
          "OpenAI, as server-sent events",
          List.of(
              "'data: {\\'id\\':\\'m1\\',\\'choices\\':[{\\'index\\':0,\\'delta\\':{\\'reasoning_content\\':"
                  + "\\'r\\',\\'content\\':\\'a\\'}}]}\\n\\ndata: {\\'id\\':\\'m1\\',\\'choices\\':[{\\'index\\':0,"
                  + "\\'delta\\':{\\'content\\':\\'b\\',\\'tool_calls\\':[{\\'index\\':0,\\'function\\':"
                  + "{\\'name\\':\\'f\\',\\'arguments\\':\\'{\\\\\\'k\\\\\\':1}\\'}}]}}]}\\n\\ndata: {\\'id\\':"
                  + "\\'m1\\',\\'choices\\':[{\\'index\\':0,\\'delta\\':{},\\'finish_reason\\':\\'stop\\'}]}"
                  + "\\n\\ndata: {\\'choices\\':[],\\'usage\\':{\\'prompt_tokens\\':5,"
                  + "\\'completion_tokens\\':7}}\\n\\ndata: [DONE]\\n\\n'",
              "m1 5/7 [stop]"));

  @TestFactory
  List<DynamicTest> stream_chunks_areOneAnswer() {
    return STREAMS.entrySet().stream()
        .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> checkStream(row.getValue())))
        .toList();
  }

  private static void checkStream(List<String> row) {
    Generation generation =
        Decoding.valid(json("{'request':{'model':'m'},'response':" + row.getFirst() + "}"));
    Usage usage = generation.usage();
    assertThat(messages(generation.exchange().outputMessages()))
        .isEqualTo("assistant: reasoning(r) text(ab) call(f {\"k\":1})");
    assertThat(
            generation.outcome().responseId()
                + " %s/%s ".formatted(usage.inputTokens(), usage.outputTokens())
                + generation.outcome().finishReasons())
        .isEqualTo(row.get(1));
  }

  @Test
  void canonical_bodiesOfNoKnownShape_areContentAndCounted() {
    Generation generation =
        Decoding.valid(
            json(
                "{'request':{'model':'m','question':'q','n':1},'response':{'verdict':{'v':'a'}},"
                    + "'ended_at':1795176000}"));
    assertThat(messages(generation.exchange().inputMessages()))
        .isEqualTo("user: text({\"question\":\"q\"})");
    assertThat(messages(generation.exchange().outputMessages()))
        .isEqualTo("assistant: text({\"verdict\":{\"v\":\"a\"}})");
    assertThat(generation.corrections().kinds().toString()).isEqualTo("[BODY_UNKNOWN]");
  }

  @Test
  void record_unknownNames_areSaidByName() {
    Generation flat =
        Decoding.valid(json("{'model':'m','mesages':[],'my prompt':1,'n':1,'usage':{},'cost':1}"));
    assertThat(flat.corrections().unread()).containsExactly("mesages");
    Generation canonical =
        Decoding.valid(
            json("{'request':{'model':'m','promt':1},'endedat':1,'response':{'choices':[]}}"));
    assertThat(canonical.corrections().unread()).containsExactly("endedat", "request.promt");
  }

  @Test
  void seedAndReasoningLevel_areNumberAndWord() {
    Generation generation =
        Decoding.valid(
            json(
                "{'model':'m','messages':[],'choices':[],'seed':'a secret','reasoning_effort':"
                    + "'as much as you can'}"));
    assertThat(generation.parameters().seed()).isNull();
    assertThat(generation.parameters().reasoningLevel()).isNull();
    assertThat(generation.corrections().droppedFields())
        .containsExactlyInAnyOrder("seed", "reasoning_effort");
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static String values(Generation generation) {
    Usage usage = generation.usage();
    String model =
        Objects.requireNonNullElse(generation.model().requested(), generation.model().responded());
    long millis =
        (generation.timing().endEpochNanos() - generation.timing().startEpochNanos()) / 1_000_000;
    Content<List<Part>> system = generation.exchange().systemInstructions();
    return "%s %s %s/%s/%s/%s/%s/%s %s"
            .formatted(
                model,
                generation.model().provider(),
                usage.inputTokens(),
                usage.outputTokens(),
                usage.totalTokens(),
                usage.cacheReadInputTokens(),
                usage.cacheWriteInputTokens(),
                usage.reasoningOutputTokens(),
                generation.outcome().finishReasons())
        + (system == null ? "" : parts(Decoding.revealed(system)).replaceAll("text|[()]", ""))
        + (millis == 0 ? "" : " " + millis + " ms");
  }

  private static String messages(@Nullable Content<List<Message>> content) {
    return content == null
        ? ""
        : Decoding.revealed(content).stream()
            .map(message -> message.role() + ":" + parts(message.parts()))
            .collect(Collectors.joining("; "));
  }

  private static String parts(List<Part> parts) {
    return parts.stream().map(part -> " " + part(part)).collect(Collectors.joining());
  }

  private static String part(Part part) {
    return switch (part) {
      case Part.Text(String text) -> "text(" + text + ")";
      case Part.Reasoning(String text) -> "reasoning(" + text + ")";
      case Part.Refusal(String text) -> "refusal(" + text + ")";
      case Part.ToolCall call ->
          "call(" + call.name() + " " + Objects.requireNonNull(call.arguments()).json() + ")";
      case Part.ToolResult result ->
          "result(" + result.name() + " " + result.response().json() + ")";
      case Part.Blob blob -> "blob(" + blob.mimeType() + ")";
      case Part.Uri uri -> "uri(" + uri.uri() + ")";
      case Part.FileReference file -> "file(" + file.fileId() + ")";
      case Part.Other other -> "other(" + other.type() + " " + other.json().json() + ")";
    };
  }
}
