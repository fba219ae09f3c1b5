import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as main from 'rxlm';
import * as anthropic from 'rxlm/anthropic';
import * as emitter from 'rxlm/emitter';
import * as marbles from 'rxlm/marbles';
import * as page from 'rxlm/page';
import * as redis from 'rxlm/redis';
import * as nestjs from 'rxlm/nestjs';
import * as sse from 'rxlm/sse';
import * as testing from 'rxlm/testing';
import * as fake from 'rxlm/testing/fake';
import ts from 'typescript';

interface Manifest {
  exports: Record<string, unknown>;
  typesVersions: { '*': Record<string, unknown> };
}
const root = join(__dirname, '../..');
const lib = join(root, 'lib');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const folders = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter((name) =>
  existsSync(join(lib, name, 'index.ts')),
);
const entries = ['index.ts', ...folders.map((name) => `${name}/index.ts`)];

// A name added or removed on purpose: `npx jest spec/package/exports -u`, and a line in the changelog.
describe('the exported names', () => {
  it('of rxlm', () => {
    expect(Object.keys(main).sort()).toMatchInlineSnapshot(`
      [
        "AIMessage",
        "AIMessageChunk",
        "ChatModel",
        "ChatPromptTemplate",
        "ChatPromptValue",
        "CommaSeparatedListOutputParser",
        "HumanMessage",
        "IDLE_CHAT_STATE",
        "IncrementalJson",
        "JsonOutputParser",
        "ListOutputParser",
        "MarkdownListOutputParser",
        "Message",
        "MessagesPlaceholder",
        "ModelError",
        "NumberedListOutputParser",
        "ParseError",
        "PromptTemplate",
        "Retriever",
        "RunInput",
        "Runnable",
        "RunnableBranch",
        "RunnableEach",
        "RunnableLambda",
        "RunnableParallel",
        "RunnablePassthrough",
        "RunnableSequence",
        "RxlmError",
        "StringOutputParser",
        "StringPromptValue",
        "StructuredTool",
        "SystemMessage",
        "ToolAgent",
        "ToolError",
        "ToolMessage",
        "approvedCall",
        "asTool",
        "atPath",
        "blocks",
        "branch",
        "coalesce",
        "coalesceMap",
        "completedElements",
        "conversation",
        "diffJson",
        "dispatchCustomEvent",
        "durableRuns",
        "filterEvents",
        "firstTokenTimeout",
        "foldChunks",
        "foldMessages",
        "fromAsyncIterable",
        "fromNativeObservable",
        "fromReadableStream",
        "idleTimeout",
        "isMessage",
        "isRunnable",
        "lambda",
        "langchainCompatible",
        "memoryRunStore",
        "newRunId",
        "orderedMap",
        "parallel",
        "parsePartialJson",
        "pick",
        "reasoningDeltas",
        "rootChunks",
        "rootOutput",
        "runTools",
        "runTree",
        "selectRuns",
        "smooth",
        "step",
        "textDeltas",
        "toAsyncIterable",
        "toChatState",
        "toJsonSchema",
        "toNativeObservable",
        "toReadableStream",
        "tool",
        "toolCalls",
        "trimMessages",
        "usage",
        "withConfig",
        "withFallbacks",
        "withRetry",
        "withStructuredOutput",
      ]
    `);
  });

  it('of rxlm/anthropic', () => {
    expect(Object.keys(anthropic).sort()).toMatchInlineSnapshot(`
           [
             "ChatAnthropic",
           ]
        `);
  });

  it('of rxlm/marbles', () => {
    expect(Object.keys(marbles).sort()).toMatchInlineSnapshot(`
      [
        "EMPTY_DIAGRAM",
        "LAYOUT",
        "drawDiagram",
        "growDiagram",
        "isTimedRunEvent",
        "runMetrics",
        "runToHtml",
        "runToMarbles",
        "runToSvg",
        "titleOf",
        "toDiagram",
      ]
    `);
  });

  it('of rxlm/page', () => {
    expect(Object.keys(page)).toEqual(['pageListener']);
  });

  it('of rxlm/redis', () => {
    expect(Object.keys(redis)).toEqual(['redisRunStore']);
  });

  it('of rxlm/emitter', () => {
    expect(Object.keys(emitter).sort()).toMatchInlineSnapshot(`
           [
             "fromEmitter",
             "toEmitter",
           ]
        `);
  });

  it('of rxlm/sse', () => {
    expect(Object.keys(sse).sort()).toMatchInlineSnapshot(`
      [
        "RemoteChatModel",
        "chatRoutes",
        "checkClientMessages",
        "decodeSse",
        "encodeFrame",
        "encodeSse",
        "fromUIMessages",
        "limitStreams",
        "primed",
        "primedSseResponse",
        "readRunRequest",
        "remoteAgent",
        "remoteRunnable",
        "runOf",
        "runRoutes",
        "stoppableFetch",
        "toHttpError",
        "toSseFrames",
        "toSseResponse",
        "toUIMessageStream",
        "toUIMessageStreamResponse",
        "writeSse",
        "writeUIMessageStream",
      ]
    `);
  });

  it('of rxlm/nestjs', () => {
    expect(Object.keys(nestjs).sort()).toMatchInlineSnapshot(`
      [
        "InjectModel",
        "RxlmExceptionFilter",
        "RxlmHealthIndicator",
        "RxlmModule",
        "getModelToken",
        "primedForNest",
        "toMessageEvents",
      ]
    `);
  });

  it('of rxlm/testing/fake', () => {
    expect(Object.keys(fake).sort()).toEqual(['FakeChatModel', 'marbles']);
  });

  it('of rxlm/testing', () => {
    expect(Object.keys(testing).sort()).toMatchInlineSnapshot(`
      [
        "FakeChatModel",
        "anthropicWire",
        "describeChatModel",
        "describeRunStore",
        "faultNames",
        "goldfishAsync",
        "goldfishJs",
        "goldfishSync",
        "googleWire",
        "marbles",
        "ollamaWire",
        "openaiChatWire",
        "openaiResponsesWire",
        "parseRecording",
        "readRecording",
        "recordingOf",
        "splitMessages",
        "startFaultServer",
        "startOpenAIServer",
        "startReplayServer",
      ]
    `);
  });
});

describe('the entries', () => {
  it('are the folders of lib that have an index', () => {
    const names = folders.map((name) => (name === 'http' ? 'provider' : name));
    const subpaths = ['.', ...names.map((name) => `./${name}`), './package.json'];
    expect(Object.keys(manifest.exports).sort()).toEqual(subpaths.sort());
    expect(Object.keys(manifest.typesVersions['*']).sort()).toEqual(names.sort());
  });

  it.each(entries)('explain every name of %s in a doc comment', (entry) => {
    expect(undocumented(join(lib, entry))).toEqual([]);
  });
});

const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path));
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
const program = ts.createProgram(
  entries.map((entry) => join(lib, entry)),
  options,
);
const checker = program.getTypeChecker();

/** The exported names, types included, whose own declaration has no text above it. */
function undocumented(entry: string): string[] {
  const index = checker.getSymbolAtLocation(program.getSourceFile(entry)!)!;
  const missing = checker.getExportsOfModule(index).filter((name) => {
    const target = name.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(name) : name;
    const ours = target.declarations?.some((node) => node.getSourceFile().fileName.startsWith(lib));
    return ours && target.getDocumentationComment(checker).length === 0;
  });
  return missing.map((name) => name.name);
}
