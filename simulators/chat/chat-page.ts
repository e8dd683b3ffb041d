/**
 * What the groups have received, as a page that anybody can look at while the demonstration runs. It has no script: it loads
 * itself anew every few seconds. Whatever a message holds is shown as text.
 */
import type { ChatKind, ChatMessage } from './chat-types.ts';

const titles: Readonly<Record<ChatKind, string>> = {
  'wecom-robot': '企业微信群 WeCom group',
  'wecom-app': '企业微信应用 WeCom app',
  'dingtalk-robot': '钉钉群 DingTalk group',
  'dingtalk-app': '钉钉应用 DingTalk app',
  'feishu-robot': '飞书群 Feishu group',
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** `14:31:29`, as clocks in China show it. */
const clock = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(11, 19);

function bubble({ at, kind, text, rings, link, picture }: ChatMessage): string {
  const shown = picture
    ? `<img alt="" src="data:image/jpeg;base64,${Buffer.from(picture).toString('base64')}">`
    : `<p>${escaped(text)}</p>`;
  const named = rings.length > 0 ? `<b>@ ${escaped(rings.join('、'))}</b>` : '';
  const open = link?.startsWith('http') ? `<a href="${escaped(link)}">${escaped(link)}</a>` : '';
  return `<article><small>${titles[kind]} · ${clock(at)}</small>${shown}${named}${open}</article>`;
}

/** The page of these messages, the newest first. */
export function chatPage(messages: readonly ChatMessage[]): string {
  const bubbles = messages.map(bubble).reverse().join('\n');
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="3"><title>模拟群聊 Pretended group chats</title>
<style>body{font:16px/1.5 system-ui,sans-serif;background:#ededed;color:#111;margin:0 auto;max-width:34rem;padding:1rem}
article{background:#fff;border-radius:.4rem;margin:.6rem 0;padding:.5rem .8rem}p{margin:.2rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
b{color:#1a5fb4;font-weight:400}small{color:#666}img{max-width:100%}a{display:block;overflow-wrap:anywhere}</style>
<h1>模拟群聊 Pretended group chats</h1>
${bubbles || '<p>还没有消息 Nothing yet</p>'}</html>`;
}
