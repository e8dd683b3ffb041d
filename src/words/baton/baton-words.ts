/**
 * What is said of a file of patrol records that a baton's program exported: why it cannot be read, and what is amiss in
 * which cell. Each sentence names what to do; none names anything that only the gateway's maker would know.
 */
import type { Words } from '../words.ts';

/** Columns, as people call them. */
export const columnNames = {
  time: { zh: '巡检时间', en: 'Time' },
  date: { zh: '日期', en: 'Date' },
  reader: { zh: '巡检器', en: 'Reader' },
  person: { zh: '人员', en: 'Person' },
  checkpoint: { zh: '巡检点', en: 'Checkpoint' },
  event: { zh: '事件', en: 'Event' },
  chip: { zh: '编号', en: 'Chip' },
} as const satisfies Record<string, Words>;

export const fileEmpty: Words = {
  zh: '文件是空的。请在巡更软件里重新导出后再上传',
  en: 'The file is empty. Export it anew from the baton program, then upload it',
};
export const fileNoRows: Words = {
  zh: '文件只有表头，没有巡检记录。请检查导出时选的日期',
  en: 'The file has a header and no records. Check the dates chosen for the export',
};
export const fileTooBig = (mb: number): Words => ({
  zh: `文件超过 ${mb} MB。请按月分开导出`,
  en: `The file is larger than ${mb} MB. Export one month at a time`,
});
export const fileOldExcel: Words = {
  zh: '这是旧版 Excel（.xls）或加了密码的表格，读不了。请用 Excel 或 WPS 打开，另存为 .xlsx（不设密码）或 .csv',
  en: 'This is an old Excel file (.xls) or one with a password. Open it in Excel or WPS and save it as .xlsx (no password) or .csv',
};
export const fileBinaryExcel: Words = {
  zh: '这是二进制 Excel（.xlsb），读不了。请用 Excel 打开，另存为 .xlsx 或 .csv',
  en: 'This is a binary Excel file (.xlsb). Open it in Excel and save it as .xlsx or .csv',
};
export const filePdf: Words = {
  zh: '这是 PDF，不是表格。请在巡更软件里导出为 Excel 或 CSV',
  en: 'This is a PDF and no table. Export to Excel or CSV from the baton program',
};
export const filePicture: Words = {
  zh: '这是图片，不是表格。请在巡更软件里导出为 Excel 或 CSV',
  en: 'This is a picture and no table. Export to Excel or CSV from the baton program',
};
export const fileWebPage: Words = {
  zh: '这是网页格式的表格（有些软件把它叫 .xls），读不了。请用 Excel 或 WPS 打开，另存为 .xlsx 或 .csv',
  en: 'This is a table written as a web page (some programs call it .xls). Open it in Excel or WPS and save it as .xlsx or .csv',
};
export const fileArchive: Words = {
  zh: '这是压缩包，里面不是一张表格。请解压后上传其中的 .xlsx 或 .csv',
  en: 'This is an archive and no table. Unpack it and upload the .xlsx or .csv inside',
};
export const fileUnknown: Words = {
  zh: '看不出这是什么文件。请在巡更软件里导出为 .xlsx 或 .csv',
  en: 'What kind of file this is cannot be told. Export to .xlsx or .csv from the baton program',
};
export const fileDamaged: Words = {
  zh: '表格读不完整：可能已损坏、没有拷完，或写法少见。请用 Excel 或 WPS 打开看看，另存为 .xlsx 再上传',
  en: 'The spreadsheet cannot be read whole: it is damaged, was not copied whole, or is written in a rare way. Open it in Excel or WPS, save it as .xlsx and upload that',
};
export const fileBomb = (mb: number): Words => ({
  zh: `表格展开后超过 ${mb} MB，没有读取。巡更记录不会这么大，请重新导出`,
  en: `Unpacked, the spreadsheet is larger than ${mb} MB, and was not read. Patrol records are never that large: export it anew`,
});
export const fileTooMuch: Words = {
  zh: '读这个表格要用的内存太多，已停止。请按月分开导出，或另存为 .csv',
  en: 'Reading this spreadsheet takes too much memory, so it was given up. Export one month at a time, or save it as .csv',
};
export const fileTooSlow = (seconds: number): Words => ({
  zh: `读了 ${seconds} 秒还没读完，已停止。请按月分开导出，或另存为 .csv`,
  en: `It was not read after ${seconds} seconds, so it was given up. Export one month at a time, or save it as .csv`,
});
export const fileTooManyRows = (max: number): Words => ({
  zh: `超过 ${max} 行。请按月分开导出`,
  en: `It has more than ${max} rows. Export one month at a time`,
});
export const fileNotEncoded = (encoding: string): Words => ({
  zh: `按 ${encoding} 编码读不通。请换一种编码，或在 Excel 里另存为“CSV UTF-8”`,
  en: `It cannot be read as ${encoding}. Choose the other encoding, or save it from Excel as “CSV UTF-8”`,
});
export const fileNoHeader = (found: string): Words => ({
  zh: `没有找到表头：前 20 行里要有一行写着“巡检时间”以及“编号”或“巡检点”。第一行写的是：${found}`,
  en: `No header was found: one of the first 20 rows has to name “巡检时间” (time) and “编号” (chip) or “巡检点” (checkpoint). The first row says: ${found}`,
});
export const fileQuoteOpen = (line: number): Words => ({
  zh: `第 ${line} 行有一个双引号没有配对。请在 Excel 里打开看看那一行，另存后再上传`,
  en: `A quotation mark in line ${line} is never closed. Look at that line in Excel, save it and upload it again`,
});
export const fileLineBroken = (line: number): Words => ({
  zh: `第 ${line} 行的写法不是 CSV。请在 Excel 里打开看看那一行，另存后再上传`,
  en: `Line ${line} is not written as CSV. Look at that line in Excel, save it and upload it again`,
});

export const fileOnly: Words = {
  zh: '请求里没有文件。请用导入页面上传，或以 application/octet-stream 发送文件内容',
  en: 'The request holds no file. Upload it on the import page, or send its bytes as application/octet-stream',
};
export const fileChanged: Words = {
  zh: '这不是刚才预览的文件。请重新选择文件，看过预览再导入',
  en: 'This is not the file that was looked at. Choose it again and look at the preview before taking it in',
};
export const fileFaulty = (count: number): Words => ({
  zh: `有 ${count} 行读不通，没有导入任何记录。请按提示改好后再上传`,
  en: `Rows that cannot be read: ${count}. Nothing was taken in; mend them as the list says and upload the file again`,
});

export const timeMissing: Words = {
  zh: '没有写时间，应为日期和时间，如 2026-10-01 22:00:37',
  en: 'it is blank; expected a date and time such as 2026-10-01 22:00:37',
};
export const timeUnreadable = (found: string): Words => ({
  zh: `写的是“${found}”，应为日期和时间，如 2026-10-01 22:00:37`,
  en: `it says “${found}”; expected a date and time such as 2026-10-01 22:00:37`,
});
export const placeMissing: Words = {
  zh: '编号和巡检点都没有写，应至少有一个，如 0F004EBEFC',
  en: 'neither chip nor checkpoint is there; expected at least one, such as 0F004EBEFC',
};
export const chipWrong = (found: string): Words => ({
  zh: `写的是“${found}”，应为芯片编号，最多 40 个字母或数字，如 0F004EBEFC`,
  en: `it says “${found}”; expected a chip number of at most 40 letters and digits, such as 0F004EBEFC`,
});
export const cellTooLong = (max: number): Words => ({
  zh: `超过 ${max} 个字，应为名称或编号`,
  en: `it is longer than ${max} characters; expected a name or a number`,
});
export const cellsTooMany = (found: number, head: number): Words => ({
  zh: `这一行有 ${found} 格，表头只有 ${head} 格，可能多了分隔符`,
  en: `the row has ${found} cells and the header ${head}; perhaps there is a separator too many`,
});
/** A cell's fault with its place, for lists and logs. */
export const inCell = (row: number, column: Words, why: Words, sheet?: string): Words => ({
  zh: `${sheet === undefined ? '' : `工作表“${sheet}”`}第 ${row} 行“${column.zh}”：${why.zh}`,
  en: `${sheet === undefined ? '' : `sheet “${sheet}”, `}row ${row}, column “${column.en}”: ${why.en}`,
});

// The folder into which exports are written.

export const folderAway = (folder: string, code: string): Words => ({
  zh: `巡更棒导出文件夹 ${folder} 打不开（${code}），其中的文件没有导入。请检查共享和权限，或修改配置 patrol.batonFolder。`,
  en: `The folder of baton exports ${folder} cannot be used (${code}), and nothing in it was taken in; check the share and its rights, or change patrol.batonFolder.`,
});
export const folderRefused = (folder: string, count: number, name: string): Words => ({
  zh: `巡更棒导出文件夹 ${folder} 有 ${count} 个文件没有导入（${name} 等），原因见 refused 里的同名 .txt。改好后放回原文件夹，再删掉 refused 里的文件。`,
  en: `Files of the folder of baton exports ${folder} that were not taken in: ${count} (${name} …). Why stands beside each in refused, as .txt; put the mended file back and remove it from refused.`,
});
