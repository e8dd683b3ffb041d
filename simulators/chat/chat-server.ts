/**
 * WeCom, DingTalk and Feishu on one port of this machine, at the paths of their own servers: what a chat channel is tried
 * against, and what the demonstration shows as a group. It must never use code of the channels: a mistake in both would be seen
 * by nobody.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DingtalkGroup, DingtalkSchool } from './chat-dingtalk.ts';
import { FeishuGroup } from './chat-feishu.ts';
import { chatPage } from './chat-page.ts';
import {
  type ChatAccounts,
  type ChatAsked,
  type ChatFaults,
  type ChatMessage,
  type ChatReply,
  noChatFaults,
  parsed,
  textAt,
} from './chat-types.ts';
import { WecomGroup, WecomSchool } from './chat-wecom.ts';

export interface ChatServerOptions {
  readonly accounts: ChatAccounts;
  /** Default any that is free. */
  readonly port?: number;
  /** The server's clock, ms since the epoch; `faults.clockOffsetMs` comes on top. Default the wall clock. */
  readonly now?: () => number;
  /** Somebody in a group reads a message. */
  readonly heard?: (message: ChatMessage) => void;
}

export interface ChatServer {
  /** What stands in place of every vendor's own address. */
  readonly url: string;
  readonly faults: ChatFaults;
  /** What was taken, the newest last; the last two hundred. */
  readonly messages: readonly ChatMessage[];
  /** How often anything was asked at a path that begins so, of the last thousand requests. */
  asked(path: string): number;
  /** Tokens that were given are no longer good. */
  forgetTokens(): void;
  stop(): Promise<void>;
}

/** A request longer than this is none of ours, bytes: an application may bring 10 MB. */
const bodyMax = 12 * 1024 * 1024;
const keptMost = 200;
const countedMost = 1_000;
const signIn = '<!doctype html><title>上网认证</title><p>请登录校园网</p>';

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > bodyMax) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Which side answers at a path. */
function sides({ wecom, app, dingtalk, feishu, dingtalkApp }: ChatAccounts) {
  const group = new WecomGroup(wecom);
  const school = new WecomSchool(app);
  const ding = new DingtalkGroup(dingtalk);
  const dingSchool = dingtalkApp && new DingtalkSchool(dingtalkApp);
  const fei = new FeishuGroup(feishu);
  const answer = (asked: ChatAsked): ChatReply | undefined => {
    if (asked.path === '/cgi-bin/webhook/send') return group.send(asked);
    if (asked.path === '/cgi-bin/gettoken') return school.token(asked);
    if (asked.path === '/cgi-bin/media/upload') return school.upload(asked);
    if (asked.path === '/cgi-bin/message/send') return school.send(asked);
    if (asked.path === '/robot/send') return ding.send(asked);
    if (asked.path === '/v1.0/oauth2/accessToken') return dingSchool?.token(asked);
    if (asked.path === '/v1.0/robot/oToMessages/batchSend') return dingSchool?.send(asked);
    return asked.path.startsWith('/open-apis/bot/v2/hook/') ? fei.send(asked) : undefined;
  };
  const forgetTokens = () => {
    school.forgetTokens();
    dingSchool?.forgetTokens();
  };
  return { answer, forgetTokens };
}

/** What is answered instead of what the vendor would; undefined where nothing stands in the way. */
function instead({ refuse, page, status }: ChatFaults, asked: ChatAsked): { status: number; text: string } | undefined {
  if (status !== undefined) return { status, text: signIn };
  if (page) return { status: 200, text: signIn };
  if (!refuse) return undefined;
  const body = parsed(asked.body);
  if (refuse.only !== undefined && refuse.only !== (textAt(body, 'msgtype') || textAt(body, 'msg_type')))
    return undefined;
  const { code, saying = 'refused as told' } = refuse;
  const said = asked.path.startsWith('/open-apis/') ? { code, msg: saying } : { errcode: code, errmsg: saying };
  return { status: 200, text: JSON.stringify(said) };
}

/** Sends an answer, late or only half of it where that was asked for. */
function respond(response: ServerResponse, status: number, text: string, { cut, slowMs }: ChatFaults): void {
  const type = text.startsWith('{') ? 'application/json; charset=UTF-8' : 'text/html; charset=utf-8';
  const say = () => {
    response.writeHead(status, { 'content-type': type, 'content-length': String(Buffer.byteLength(text)) });
    if (cut) response.write(text.slice(0, 5), () => response.destroy());
    else response.end(text);
  };
  if (slowMs > 0) setTimeout(say, slowMs).unref();
  else say();
}

/** Opens the servers; they listen on loopback only. */
export async function openChat(options: ChatServerOptions): Promise<ChatServer> {
  const { accounts, port = 0, now = Date.now, heard } = options;
  const faults: ChatFaults = { ...noChatFaults };
  const messages: ChatMessage[] = [];
  const paths: string[] = [];
  const { answer, forgetTokens } = sides(accounts);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://chat');
    if (path === '/') return respond(response, 200, chatPage(messages), noChatFaults);
    const raw = await bodyOf(request);
    if (raw === undefined) return void response.destroy();
    paths.push(path);
    paths.splice(0, paths.length - countedMost);
    const { headers } = request;
    const asked = { path, query, headers, body: raw.toString('utf8'), raw, now: now() + faults.clockOffsetMs };
    const stands = instead(faults, asked);
    if (stands) return respond(response, stands.status, stands.text, faults);
    const reply = answer(asked);
    if (!reply) return respond(response, 404, signIn, noChatFaults);
    if (reply.message) {
      messages.push(reply.message);
      messages.splice(0, messages.length - keptMost);
      heard?.(reply.message);
    }
    if (!faults.hang) respond(response, reply.status ?? 200, JSON.stringify(reply.said), faults);
  }

  const server = createServer((request, response) => void serve(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    messages,
    asked: (path) => paths.filter((one) => one.startsWith(path)).length,
    forgetTokens,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
