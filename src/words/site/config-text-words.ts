/**
 * What is wrong with a configuration file as a file and as text: it cannot be read, is no YAML, or holds what a keyboard or an editor put
 * there. It must never repeat a secret.
 */
import type { Words } from '../words.ts';

/** What to do instead of writing a password down. */
export const passwordRemedy: Words = {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a variable is written in the file
  zh: '请写成 ${NAME} 并在环境变量中设置 NAME，或用 passwordFile 指向权限为 0600 的文件',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a variable is written in the file
  en: 'write ${NAME} and set NAME in the environment, or use passwordFile with a file of mode 0600',
};

export const passwordInFile: Words = {
  zh: `密码直接写在了文件里；${passwordRemedy.zh}`,
  en: `a password is written in the file; ${passwordRemedy.en}`,
};

export const addressWithPassword: Words = {
  zh: `带密码的地址直接写在了文件里；${passwordRemedy.zh}`,
  en: `an address with a password is written in the file; ${passwordRemedy.en}`,
};

/** The address of a chat's robot has no file of its own. */
export const hookInFile: Words = {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a variable is written in the file
  zh: '机器人地址等同密码，却直接写在了文件里；请写成 ${NAME}，在配置旁的 secrets.env（权限 0600）或环境变量中设置 NAME',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a variable is written in the file
  en: 'the address of a robot is written in the file, and is a password; write ${NAME} and set NAME in secrets.env beside the configuration (mode 0600) or in the environment',
};

/** Neither have the keys of a chat that calls back. */
export const keyInFile: Words = {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a variable is written in the file
  zh: '密钥直接写在了文件里；请写成 ${NAME}，在配置旁的 secrets.env（权限 0600）或环境变量中设置 NAME',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a variable is written in the file
  en: 'a key is written in the file; write ${NAME} and set NAME in secrets.env beside the configuration (mode 0600) or in the environment',
};

export const variableNameWrong: Words = {
  zh: '大括号中应为变量名：字母、数字和下划线',
  en: 'expected the name of a variable, letters, digits and underscores, between the braces',
};

export const variableUnset = (name: string): Words => ({
  zh: `环境变量 ${name} 未设置；请先设置再启动`,
  en: `the environment variable ${name} is not set; set it before starting`,
});

export const aliasesRepeat: Words = {
  zh: '别名（*）展开后重复过多；请逐项写出',
  en: 'aliases (*) repeat too much of the file; write the parts out',
};

export const keyTwice = (key: string): Words => ({
  zh: `键“${key}”写了两次；只应写一次`,
  en: `the key "${key}" is written twice; expected it once`,
});

const syntax: Readonly<Record<string, Words>> = {
  ALIAS_PROPS: { zh: '别名（*）不能再带锚点或标签', en: 'an alias (*) cannot carry an anchor or a tag' },
  BAD_ALIAS: {
    zh: '以 * 开头的文字会被 YAML 当作别名；请加引号',
    en: 'a text that begins with * is an alias for YAML; put the text in quotes',
  },
  BAD_DIRECTIVE: {
    zh: '以 % 开头的行会被 YAML 当作指令；请加引号',
    en: 'a line that begins with % is a directive for YAML; put the text in quotes',
  },
  BAD_DQ_ESCAPE: {
    zh: '双引号中的反斜杠后面须是可识别的转义；请改用单引号',
    en: 'a backslash in double quotes must begin a known escape; use single quotes',
  },
  BAD_SCALAR_START: {
    zh: '开头的字符是 YAML 的保留字符；请加引号',
    en: 'the text begins with a character YAML keeps for itself; put the text in quotes',
  },
  MULTIPLE_DOCS: {
    zh: '从这里开始了第二份文档（---）；一个文件只应有一份',
    en: 'a second document begins here (---); expected one document in the file',
  },
  TAG_RESOLVE_FAILED: {
    zh: '以 ! 开头的文字会被 YAML 当作标签；请加引号',
    en: 'a text that begins with ! is a tag for YAML; put the text in quotes',
  },
  UNEXPECTED_TOKEN: {
    zh: '这里接不上；请检查前面的引号、括号和缩进',
    en: 'this does not fit here; check quotes, brackets and indentation just before',
  },
};

/** YAML's own words for most of these quote the text, which may hold a password. */
export function notYaml(code: string, said: string): Words {
  const { zh, en } = syntax[code] ?? { zh: said, en: said };
  return { zh: `不是可读的 YAML：${zh}`, en: `not readable as YAML: ${en}` };
}

export const slips = {
  colon: {
    zh: '这里是全角冒号（：）；请改为半角 : 并在后面留一个空格',
    en: 'a full-width colon （：）stands here; type a plain : and a blank after it',
  },
  comma: {
    zh: '这里是全角逗号（，）；请改为半角 ,',
    en: 'a full-width comma （，）stands here; type a plain , instead',
  },
  quotes: { zh: '这里是全角引号；请改为半角 "', en: 'full-width quotes stand here; type plain " instead' },
  braces: {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a variable is written in the file
    zh: '花括号里的 ${…} 要加引号："${…}"',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a variable is written in the file
    en: 'within braces ${…} is written in quotes: "${…}"',
  },
  tab: { zh: '这里是制表符；YAML 只能用空格缩进', en: 'a tab stands here; YAML is indented with blanks alone' },
} as const satisfies Readonly<Record<string, Words>>;

/** `gbk`: that is what it seems to be. */
export const notUtf8 = (gbk: boolean): Words => ({
  zh: `文件不是 UTF-8${gbk ? '，看起来是 GBK' : ''}；请在编辑器中另存为 UTF-8`,
  en: `the file is not UTF-8${gbk ? ', it seems to be GBK' : ''}; save it as UTF-8 in the editor`,
});

export const secretsOpen: Words = {
  zh: '该文件其他用户也能读取；请执行 chmod 600',
  en: 'the file can be read by others; run chmod 600 on it',
};

export const secretsUnreadable = (code: string): Words => ({
  zh: `文件无法读取（${code}）；每行应为 NAME=value`,
  en: `the file cannot be read (${code}); expected lines NAME=value`,
});

export const passwordFileOpen = (found: Words): Words => ({
  zh: `密码文件 ${found.zh} 其他用户也能读取；请对它执行 chmod 600`,
  en: `the password file ${found.en} can be read by others; run chmod 600 on it`,
});

export const passwordFileEmpty = (found: Words): Words => ({
  zh: `密码文件 ${found.zh} 是空的；应有一行`,
  en: `the password file ${found.en} is empty; expected one line`,
});

export const passwordFileUnreadable = (found: Words, code: string): Words => ({
  zh: `密码文件 ${found.zh} 无法读取（${code}）；应为本用户所有、权限为 0600 的文件`,
  en: `the password file ${found.en} cannot be read (${code}); expected a file of mode 0600 that this user owns`,
});

export const bothWritten = (one: string, other: string): Words => ({
  zh: `${one} 和 ${other} 都写了；只应写其中一个`,
  en: `${one} and ${other} are both written; expected one of them`,
});

export const configUnreadable = (code: string): Words => ({
  zh: `配置无法读取（${code}）；应为 YAML 文件，或含有 campus.yaml 的文件夹`,
  en: `the configuration cannot be read (${code}); expected a YAML file, or a folder with a campus.yaml`,
});

export const districtUnreadable = (code: string): Words => ({
  zh: `配置无法读取（${code}）；应为 YAML 文件，例如 --config my-district/district.yaml`,
  en: `the configuration cannot be read (${code}); expected a YAML file, such as --config my-district/district.yaml`,
});

export const dataFolderUnnamed: Words = { zh: '没有写数据文件夹', en: 'the data folder is not named' };

export const schoolUnreadable: Words = {
  zh: '读不出学校的名称或时区；应怎样写，见 npm run check-config',
  en: 'the name or the timezone of the school cannot be read; expected as npm run check-config says',
};
