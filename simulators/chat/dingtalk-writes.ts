/**
 * Somebody writes to the robot of an application in DingTalk: its server calls the application's address as its documents say (接收消息), with
 * the time and its signature in the headers. It must never use code of the gateway: a mistake in both would be seen by nobody.
 */
import { createHmac, randomBytes } from 'node:crypto';

/** Who writes what, and the secret that both sides know. */
export interface DingtalkWriting {
  readonly secret: string;
  /** User id; without one he is of another company. */
  readonly user?: string;
  readonly text: string;
  /** ms since the epoch; now without it. */
  readonly at?: number;
  readonly msgId?: string;
}

/** The call that comes of it: headers, and what is in the body. */
export function dingtalkWrites({ secret, user, text, at = Date.now(), msgId }: DingtalkWriting) {
  const timestamp = String(at);
  const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
  const said = {
    ...{
      conversationId: 'cidAbc==',
      conversationType: '1',
      chatbotCorpId: 'dingcorp',
      chatbotUserId: '$:LWCP_v1:$bot',
    },
    ...{ msgId: msgId ?? `msg${randomBytes(9).toString('base64')}`, senderNick: '某人', isAdmin: false },
    ...(user !== undefined && { senderStaffId: user, senderCorpId: 'dingcorp' }),
    ...{ senderId: '$:LWCP_v1:$one', sessionWebhookExpiredTime: at + 5_400_000, createAt: at },
    sessionWebhook: 'https://oapi.dingtalk.com/robot/sendBySession?session=00000000',
    ...{ robotCode: 'ding1a2b3c4d5e6f', msgtype: 'text', text: { content: ` ${text}` } },
  };
  return { signed: { timestamp, sign }, said };
}
