/**
 * What SMS and calls by Alibaba Cloud say when a message did not get through: the vendor's code, what it means, and what to do in its
 * console. And what stands for a kind of alarm in a template when a message is of none. It must never carry a number or a text of the vendor.
 */
import type { Words } from '../words.ts';

/** By the vendor's code: what it means and the remedy. */
const reasons: Readonly<Record<string, Words>> = {
  'isv.AMOUNT_NOT_ENOUGH': { zh: '余额不足，请充值', en: 'the account is out of credit; top it up' },
  'isv.OUT_OF_SERVICE': { zh: '欠费停机，请充值', en: 'the account is suspended for want of credit; top it up' },
  'isv.PRODUCT_UN_SUBSCRIPT': { zh: '没有开通这个产品', en: 'the product is not activated' },
  'isv.PRODUCT_UNSUBSCRIBE': { zh: '没有开通这个产品', en: 'the product is not activated' },
  'isv.ACCOUNT_NOT_EXISTS': { zh: '账户不存在', en: 'there is no such account' },
  'isv.ACCOUNT_ABNORMAL': {
    zh: '账户异常，请联系阿里云',
    en: 'something is wrong with the account; ask Alibaba Cloud',
  },
  'isv.SMS_SIGNATURE_ILLEGAL': { zh: '签名未通过审核，请核对 sign', en: 'the signature is not approved; check sign' },
  'isv.SMS_SIGN_ILLEGAL': { zh: '签名未通过审核，请核对 sign', en: 'the signature is not approved; check sign' },
  'isv.SIGNATURE_BLACKLIST': { zh: '签名被拉黑', en: 'the signature is blocked' },
  'isv.SMS_TEMPLATE_ILLEGAL': {
    zh: '模板未通过审核，请核对 template',
    en: 'the template is not approved; check template',
  },
  'isv.TTS_TEMPLATE_ILLEGAL': {
    zh: '语音模板未通过审核，请核对 template',
    en: 'the template of the call is not approved; check template',
  },
  'isv.TEMPLATE_MISSING_PARAMETERS': {
    zh: '模板里有变量没有给值，请核对 variables',
    en: 'a variable of the template has no value; check variables',
  },
  'isv.TEMPLATE_PARAMS_ILLEGAL': {
    zh: '变量的值不合模板里声明的类型，请核对 variables 和模板',
    en: 'a value does not fit what the template declares of its variable; check variables and the template',
  },
  'isv.INVALID_PARAMETERS': {
    zh: '参数不合法，请核对 template 和 variables',
    en: 'a parameter will not do; check template and variables',
  },
  'isv.INVALID_JSON_PARAM': {
    zh: '变量的写法不对，请核对 variables',
    en: 'the variables will not do; check variables',
  },
  'isv.PARAM_LENGTH_LIMIT': { zh: '变量太长，请把 most 改小', en: 'a variable is too long; make most smaller' },
  'isv.BLACK_KEY_CONTROL_LIMIT': { zh: '变量里有禁用词', en: 'a variable holds a word that is not allowed' },
  'isv.PARAM_NOT_SUPPORT_URL': { zh: '变量里不能有网址', en: 'a variable must not hold an address' },
  'isv.MOBILE_NUMBER_ILLEGAL': {
    zh: '手机号不对，请核对人员的 phone',
    en: 'the number will not do; check phone of the person',
  },
  'isv.DOMESTIC_NUMBER_NOT_SUPPORTED': { zh: '这个模板不支持国内号码', en: 'this template takes no Chinese number' },
  'isv.DENY_IP_RANGE': { zh: '出口 IP 不在允许范围', en: 'the address of the school is not among those allowed' },
  'isp.RAM_PERMISSION_DENY': {
    zh: '这个 AccessKey 没有权限，请在 RAM 里授权短信或语音服务',
    en: 'this AccessKey may not do that; grant it SMS or voice in RAM',
  },
  'isp.SYSTEM_ERROR': { zh: '阿里云系统错误，稍后会重试', en: 'an error of Alibaba Cloud; it is tried again' },
  SignatureDoesNotMatch: {
    zh: 'AccessKey Secret 不对，请核对密码',
    en: 'the AccessKey secret is wrong; check the password',
  },
  IncompleteSignature: {
    zh: 'AccessKey Secret 不对，请核对密码',
    en: 'the AccessKey secret is wrong; check the password',
  },
  'InvalidAccessKeyId.NotFound': {
    zh: '没有这个 AccessKey，请核对 keyId',
    en: 'there is no such AccessKey; check keyId',
  },
  'InvalidAccessKeyId.Inactive': { zh: 'AccessKey 已停用', en: 'the AccessKey is switched off' },
  'InvalidTimeStamp.Expired': {
    zh: '主机时间差了十五分钟以上，请校正主机时间',
    en: "the machine's clock is more than fifteen minutes off; set it right",
  },
  SignatureNonceUsed: { zh: '请求被重复发送', en: 'the request was sent twice' },
  NoPermission: {
    zh: '这个 AccessKey 没有权限，请在 RAM 里授权',
    en: 'this AccessKey may not do that; grant it in RAM',
  },
};
const unknown: Words = { zh: '请在阿里云控制台查看原因', en: 'see the console of Alibaba Cloud for the reason' };

/** Whether the vendor's code is one of these. */
export const isAliyunCode = (code: string): boolean => Object.hasOwn(reasons, code);

export function aliyunRefused(id: string, code: string): Words {
  const { zh, en } = isAliyunCode(code) ? reasons[code]! : unknown;
  return {
    zh: `通道 ${id} 被阿里云拒绝（${code}）：${zh}`,
    en: `Alibaba Cloud refused what channel ${id} sent (${code}): ${en}`,
  };
}

export const aliyunTooFast = (id: string, code: string): Words => ({
  zh: `通道 ${id} 发得太快，阿里云限流（${code}）：同一号码短信每天有上限，语音每分钟一次、每小时五次`,
  en: `channel ${id} sent too much, and Alibaba Cloud holds back (${code}): one number takes so many SMS a day, and one call a minute, five an hour`,
});

export const noAliyunAnswer = (id: string): Words => ({
  zh: `通道 ${id} 收到的应答不是阿里云的，请检查网络出口和 proxy`,
  en: `what answered channel ${id} is not Alibaba Cloud; check the way out of the school's network, and proxy`,
});

/** What stands where a template names the kind of an alarm, for a message that is of none. */
export const insteadOfKind = {
  alarm: { zh: '报警', en: 'alarm' },
  taken: { zh: '已有人处理', en: 'taken by somebody' },
  answer: { zh: '回复', en: 'answer' },
  digest: { zh: '多条报警', en: 'several alarms' },
  duty: { zh: '值班提醒', en: 'duty' },
  trouble: { zh: '设备故障', en: 'trouble' },
  test: { zh: '测试，不是报警', en: 'a test, no alarm' },
} as const satisfies Readonly<Record<string, Words>>;
/** What stands where a template names its time. */
export const insteadOfTime: Words = { zh: '现在', en: 'now' };
