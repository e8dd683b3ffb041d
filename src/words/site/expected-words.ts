/**
 * What the schemas of configuration files expect, in Chinese, by what they say in English where the shape stands: a schema takes one
 * string. A test asks that no sentence of a schema lacks here. Each finishes 应为….
 */
export const expectedZh: Readonly<Record<string, string>> = {
  // Times and days.
  'a time from 00:00 to 23:59, in quotes': ' 00:00 到 23:59 的时间，要加引号',
  'a time from 00:00 to 24:00, in quotes': ' 00:00 到 24:00 的时间，要加引号',
  'a time from 00:00 to 23:59 in quotes, or off': ' 00:00 到 23:59 的时间（要加引号），或 off',
  'a day such as mon, or a span such as mon-fri': '一天（如 mon）或一段（如 mon-fri）',
  'daily, a span such as mon-fri, or a list such as [mon, wed, sat-sun]':
    ' daily、一段（如 mon-fri）或列表（如 [mon, wed, sat-sun]）',
  'a day of the calendar, such as 2026-09-01': '日历上有的日期，例如 2026-09-01',
  'an offset from UTC such as "+08:00", in quotes': '与 UTC 的时差，例如 "+08:00"，要加引号',
  'at least a minute: nobody stands at a post to hold his card to a reader': '至少一分钟：没有人站岗时一直刷卡',
  // Texts, names and numbers.
  'a text that is not empty': '非空文字',
  'a text without control characters': '不含控制字符的文字',
  'lower-case letters, digits and single hyphens, such as fence-1': '小写字母、数字和单个连字符，例如 fence-1',
  'lower-case letters, digits and hyphens, such as pudong': '小写字母、数字和连字符，例如 pudong',
  'the id the bureau gave: lower-case letters, digits and hyphens': '教育局给的编号：小写字母、数字和连字符',
  'letters, digits, - and _': '字母、数字、- 和 _',
  'letters, digits and underscores': '字母、数字和下划线',
  'an id of letters, digits, dots, hyphens and underscores': '由字母、数字、点、连字符和下划线组成的编号',
  'a name without blanks and quotes': '不含空格和引号的名称',
  'at least 16 characters': '至少 16 个字符',
  'two numbers [x, y] in map units': '两个数 [x, y]，按地图单位',
  'false for no alarm, or a priority from 1 to 4': ' false（不报警）或级别 1 到 4',
  'a priority from 1 to 3': '级别 1 到 3',
  'a number, or a name as the device has it': '数字，或设备上的名称',
  'a zone, or false for an unused channel': '防区，或 false（该路未用）',
  'has to be more than min': '大于 min 的数',
  'limits and a unit are for numbers': ' number：上下限和单位只用于数字',
  'the number of a later step, or end': '后面某一步的序号，或 end',
  '7 or 8': ' 7 或 8',
  '1 or 2': ' 1 或 2',
  '"off", or the limits that are otherwise': ' "off"，或与默认不同的限值',
  '20 digits in quotes, such as "34020000001170000001"': ' 20 位数字并加引号，例如 "34020000001170000001"',
  'digits, or a name of a domain': '数字，或域的名称',
  'the number of a chip, in quotes, such as "0F004EBEFC"': '芯片号，要加引号，例如 "0F004EBEFC"',
  'a bought number, in quotes': '已购买的号码，要加引号',
  'a telephone number in quotes: digits only, with + and the country before it where it is not Chinese':
    '加引号的电话号码：只有数字，非中国号码前加 + 和国家代码',
  'an e-mail address': '电子邮箱地址',
  'a kind of alarm such as climb, or test, p1, p2, p3, p4': '报警类型（如 climb），或 test、p1、p2、p3、p4',
  'the name of a variable of the template, such as zone': '模板中的变量名，例如 zone',
  'the id of an AccessKey, such as LTAI5tExample1234': ' AccessKey 的 ID，例如 LTAI5tExample1234',
  'the Token of the page for receiving messages, 3 to 32 letters and digits':
    '接收消息页面的 Token，3 到 32 位字母和数字',
  'the EncodingAESKey of the page for receiving messages, 43 letters and digits':
    '接收消息页面的 EncodingAESKey，43 位字母和数字',
  'the AppKey (Client ID) of the application, such as ding1a2b3c4d5e6f':
    '应用的 AppKey（Client ID），例如 ding1a2b3c4d5e6f',
  'the RobotCode of its robot, such as ding1a2b3c4d5e6f': '机器人的 RobotCode，例如 ding1a2b3c4d5e6f',
  'the id of the company, such as ww1234567890abcdef': '企业 ID，例如 ww1234567890abcdef',
  'a key such as name+1a2b3c4d+AW…': '密钥，例如 name+1a2b3c4d+AW…',
  'a password, a passwordFile or a certificate': ' password、passwordFile 或 certificate 之一',
  'a user where auth is basic or digest, and none where it is none':
    '：auth 为 basic 或 digest 时写 user，为 none 时不写',
  'starttls or tls: a password is not sent over an open connection': ' starttls 或 tls：密码不走明文连接',
  '2, or nothing': ' 2，或不写',
  'at most 45, the longest entry delay of EN 50131-1': '至多 45（EN 50131-1 的最长进入延时）',
  'at least 180 whole days: records of log-ins, viewing and exports (DB11/T 2552-2026; Cybersecurity Law, article 21: six months)':
    '至少 180 整天：登录、查看和导出的记录（DB11/T 2552-2026；网络安全法第二十一条：六个月）',
  'at least 90 whole days: records of patrol and posts (DB11/T 2552-2026)':
    '至少 90 整天：巡更和护学岗的记录（DB11/T 2552-2026）',
  'at least 90 whole days: records of alarms, arming and devices (DB11/T 2552-2026, GB 55029)':
    '至少 90 整天：报警、布撤防和设备的记录（DB11/T 2552-2026、GB 55029）',
  // Lists.
  'at most 8 sensors': '至多 8 个传感器',
  'at most 12 cameras': '至多 12 台摄像机',
  'at most 20 items': '至多 20 项',
  'at least one checkpoint': '至少一个点位',
  'at least two points': '至少两个点',
  'at least one zone': '至少一个防区',
  'at least one kind of alarm': '至少一种报警',
  'at least one step': '至少一步',
  'at least one item': '至少一项',
  'at most 40 items': '至多 40 项',
  'at least one area': '至少一个区域',
  'at least one limit': '至少一个限值',
  'at least one class': '至少一个班级',
  'at most 200 classes': '至多 200 个班级',
  'at least one camera': '至少一台摄像机',
  'at least one receiver': '至少一个接收中心',
  'at most two receivers': '至多两个接收中心',
  'at least one time': '至少一个时间',
  'at least one person': '至少一人',
  'at least one shift': '至少一个班次',
  'at least one rung': '至少一级',
  'at least two groups that take turns; for one write persons': '至少两组轮换；只有一组请写 persons',
  'large, small or both': ' large、small 或两者',
  'two items have the same id': '各不相同的编号：有两项相同',
  'ids that differ: two items have the same': '各不相同的编号：有两项相同',
  'ids that differ: two areas have the same': '各不相同的编号：有两个区域相同',
  'ids that differ: two people have the same': '各不相同的编号：有两个人相同',
  'ids that differ: two lists have the same': '各不相同的编号：有两张表相同',
  'ids that differ: two classes have the same': '各不相同的编号：有两个班级相同',
  // Addresses.
  'a host alone, such as 192.168.8.31 or fence.school.example: no http://, no /24, no :port':
    '单独的主机，例如 192.168.8.31 或 fence.school.example：不带 http://、/24、:端口',
  'an address such as 127.0.0.1, or a network such as 192.168.8.0/24':
    '地址（如 127.0.0.1）或网段（如 192.168.8.0/24）',
  'an address such as https://gatehouse.school.example': '地址，例如 https://gatehouse.school.example',
  'an origin such as https://gatehouse.school.example': '来源，例如 https://gatehouse.school.example',
  'an origin such as https://district.example': '来源，例如 https://district.example',
  'an address such as http://127.0.0.1:8086': '地址，例如 http://127.0.0.1:8086',
  'an address such as https://notify.example/gatehouse': '地址，例如 https://notify.example/gatehouse',
  'an address without a name and password in it, such as https://notify.example/gatehouse':
    '不带用户名和密码的地址，例如 https://notify.example/gatehouse',
  'an address without a name and password in it': '不带用户名和密码的地址',
  'an address such as https://hc.example/ping/…': '地址，例如 https://hc.example/ping/…',
  'an address such as https://district.example; without s only of this machine':
    '地址，例如 https://district.example；只有本机才可不带 s',
  'an address such as http://192.168.8.60/play?file={{file}}': '地址，例如 http://192.168.8.60/play?file={{file}}',
  'an address such as rtsp://127.0.0.1:8554/{camera}': '地址，例如 rtsp://127.0.0.1:8554/{camera}',
  'an address such as rtsp://192.168.8.21:554/Streaming/Channels/102, without user and password':
    '地址，例如 rtsp://192.168.8.21:554/Streaming/Channels/102，不带用户名和密码',
  'an address such as postgres://gatehouse:${PASSWORD}@db:5432/gatehouse':
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a variable is written in the file
    '地址，例如 postgres://gatehouse:${PASSWORD}@db:5432/gatehouse',
  'an address such as nats://10.0.0.5:4222': '地址，例如 nats://10.0.0.5:4222',
  'a broker address such as mqtts://broker.example:8883': ' MQTT 服务器地址，例如 mqtts://broker.example:8883',
  'the address alone, such as http://192.168.8.21, with :port where it is another':
    '单独的地址，例如 http://192.168.8.21，端口不同时加 :端口',
  'the device service, such as http://192.168.8.21/onvif/device_service':
    '设备服务地址，例如 http://192.168.8.21/onvif/device_service',
  'an absolute folder, such as /var/spool/sms': '绝对路径的文件夹，例如 /var/spool/sms',
  'a path that begins with /, without blanks': '以 / 开头、不含空格的路径',
  // MQTT and HTTP.
  'a topic without wildcards and without / at its ends': '不含通配符、首尾不带 / 的主题',
  'false, or the topic Home Assistant listens below': ' false，或 Home Assistant 监听的上级主题',
  'a topic of letters, digits, hyphens and underscores': '由字母、数字、连字符和下划线组成的主题',
  'a field such as code, or data.code': '字段，例如 code 或 data.code',
  'the name of a header': '请求头的名称',
  'a header that the request does not make itself': '请求自身不会生成的请求头',
  'one line of ASCII; what is Chinese comes by {{…}}': '一行 ASCII；中文由 {{…}} 带入',
  'no body, or method: POST': '不写 body，或 method: POST',
  'JSON, whatever the values are: texts stand in quotes, as in {"text": "{{text.zh}}"}':
    '无论填入什么都成立的 JSON：文字要在引号内，例如 {"text": "{{text.zh}}"}',
};
