//! Words beside which names stand.

use std::borrow::Cow;
use std::sync::LazyLock;

/// A table of words, divided by blanks.
fn words(table: &'static str) -> Vec<&'static str> {
    table.split_ascii_whitespace().collect()
}

/// Words before the name of a natural person.
pub(super) static PERSONS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| roles().flat_map(|(_, words)| words.split(' ')).collect());
/// Those of them that say what somebody is to another. 其 stands before them.
pub(super) static KIN: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| roles().filter(|(class, _)| *class == "kin").flat_map(|(_, words)| words.split(' ')).collect());

/// The classes of the table with their words.
fn roles() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("roles.txt").lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// Characters of names of peoples that bear no Chinese surnames, written by their sound.
pub(super) const BY_SOUND: &str = "阿木尔卡吉乃各胡挖以哈买提热克江古丽巴依沙马曲比尼日乌拉呷莫布都赛力亚孜艾山吐逊麦图荪伊穆罕默德努帕曼汗叶塔扎西次仁多卓玛旦增洛桑达娃格平措丹索朗边普顿珠罗斯坚赞根登嘎松央白珍旺堆晋美强才让杰毛加仓决约火俄补萨勒惹牛牯甘铁伍瓦且尕";

/// Words before a name that is nothing but one: whoever stands there is a person, also without a Chinese surname.
pub(super) static NAMES_ONLY: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    words("姓名 被处罚人 当事人 法定代表人 经营者 负责人 被告人 被害人 证人 原告 被告 申请人 违法行为人 曾用名")
});

/// Whether a label says that what fills its field is a person or at most a firm: 收款人：, 受送达人：.
pub(super) fn names_persons(label: &str) -> bool {
    NAMES_ONLY.contains(&label) || label.chars().count() > 2 && label.ends_with(['人', '者', '员'])
}

/// Words before the name of one who acts in an office of the court or the procuratorate. Their names are part of the act
/// and stay, as in published judgments; to mask them too, move these words to [`PERSONS`].
pub(super) static OFFICES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    words(
        "审判长 代理审判长 审判员 代理审判员 助理审判员 人民陪审员 陪审员 书记员 代书记员 代理书记员 法官助理 法官 执行员 \
     执行法官 检察员 代理检察员 助理检察员 检察官 检察官助理 检察长 副检察长 公诉人 仲裁员 首席仲裁员 审判人员 \
     合议庭成员 合议庭组成人员",
    )
});

/// Words behind 于 where that is no surname: 当事人于收到本决定书之日起.
pub(super) const BEHIND_AT: [&str; 14] =
    ["收到", "接到", "签收", "收悉", "送达", "规定", "期满", "限期", "次日", "当日", "当天", "本决", "本通", "上述"];

/// What stands right behind the name of a natural person and behind hardly anything else.
pub(super) const BEHIND_PERSONS: &str = concat!(
    r"[，,、\s（(]{1,2}(?:男|女)(?:[，,。、；\s（(）)|]|性)",
    r"|[（(](?:身份证|公民身份|曾用名|别名|绰号|外号|化名|时任|现任|另案|已判|已另案|在逃|殁年|音[）)]|死者|已起诉|已行政处罚|取保|现年|已死亡|已故|未成年|[0-9]{1,3}岁|[0-9]{4}年[0-9]{1,2}月[^（）()\n]{0,5}生)",
    r"|[：:][ \u{3000}]*\n[\s\u{3000}]*[^你\n]{0,30}你(?:于|在|的|未|因|涉嫌|擅自|驾驶|违反|经营|销售|所|作|单位|处|罚|进行|送达|下达|立案|实施|提出|申请|不|无证|已|逾期|安排)",
    r"|[，,](?:曾用名|绰号|外号|诨号|乳名|小名|自报名)",
    r"|[，,](?:身份证|公民身份号码|居民身份|[\p{Han}]{1,4}族[，,]|(?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日(?:出)?生)",
);

/// What stands behind names and behind other words too.
pub(super) const BEHIND_NAMES: &str = concat!(
    r"的?(?:证言|陈述|供述|辩解|(?:询问|讯问|调查|谈话|辨认)笔录|身份证|签名|签字|口供|户籍|银行卡|手机|微信|家中|住处|指认|辨认|名下|账户|账号)",
    r"|(?:报案|报警|驾驶|供称|辩称|诉称|述称|证实|证称|称[，：:]|说[，：:]|等人|等[0-9一二三四五六七八九十两]{1,3}[人名户]|遂|表示|认为|承认|签订|死亡|受伤|当场|到案|归案|投案|目睹|亲眼|先生|女士|小姐|[（(](?:均|系|签名|签字|案外人)|身亡)"
);

/// What follows the name of one on whom a penalty is put: 对张三给予警告.
pub(super) const PENALISED: &str = concat!(
    r"(?:对|对于|给予|其中)([\p{Han}·•A-Za-z]{2,14}?(?:[、和与及]{1,2}[\p{Han}·•A-Za-z]{2,14}?){0,30}?)",
    r"(?:[（(][^（）()\n]{1,60}[）)])?(?:等(?:相关|有关|直接|主要)?(?:责任人员|责任人|人员|当事人)|等[0-9一二三四五六七八九十两]{0,3}[人名]?)?[ \u{3000}]{0,2}(?:分别|各|均|合计|共|一并|同时|依法)?(?:给予|处以|予以|罚款|警告|作出|禁止|取消|责令|处罚|并处|行政拘留|拘留|没收|吊销|暂扣|通报批评|撤销[^，。；\n]{0,6}资格|处[0-9一二三四五六七八九十壹贰叁肆伍])"
);

/// Those who do something without what they need for it: 未取得从业资格的张三从事货物运输.
pub(super) const UNQUALIFIED: &str = concat!(
    r"(?:未取得|未获得|未办理|未考取|未持有|未依法取得|没有取得|没有|不具备|不具有|尚无|无)[^，。；、\n《》]{0,24}?",
    r"(?:资格|资质|证书|证件|许可|许可证|执照|证明|合格证|驾驶证|上岗证|从业证|操作证|证)的",
    r"([\p{Han}·•]{2,8}?(?:[、和与及][\p{Han}·•]{2,6}?){0,10}?)(?:等[0-9一二三四五六七八九十两]{0,3}[名人]?)?",
    r"(?:从事|驾驶|驾车|担任|开展|上岗|操作|进行|执业|行医|作业|独立|负责|实施|参与|代为|为他人|为患者|在店|在该|到场|充当)"
);
/// Those whom somebody hires or lets do something: 安排张三驾驶.
pub(super) const HIRED: &str = concat!(
    r"(?:安排|允许|聘用|聘请|招用|录用|雇用|雇佣|雇请|指派|委派|派遣)([\p{Han}·•]{2,6}?)(?:等[0-9一二三四五六七八九十两]{0,3}[名人]?)?",
    r"(?:从事|驾驶|驾车|担任|上岗|操作|执业|行医|作业|无证)"
);

/// What is put on persons and firms alone: what stands before it is no thing.
pub(super) const ON_PERSONS: &[&str] = &[
    "警告",
    "给予警告",
    "予以警告",
    "分别警告",
    "分别给予警告",
    "禁止终身",
    "终身",
    "被警告",
    "从事银行",
    "从事保险",
    "进入保险",
];
/// Those who are shut out: 禁止张三终身从事银行业工作.
pub(super) const BANNED: &str = concat!(
    r"(?:禁止|取消|撤销|免除|吊销)(?:对)?([\p{Han}·•]{2,6}?(?:[、和与及][\p{Han}·•]{2,6}?){0,30}?)",
    r"(?:等[0-9一二三四五六七八九十]{0,3}人?)?(?:的)?(?:终身|[0-9一二三四五六七八九十]{1,3}年|",
    r"(?:从事|进入)(?:银行|保险|证券|期货|基金|信托|金融)|(?:董事|高级管理人员|高管)?任职资格)"
);
/// Those who suffered a penalty: 张三被警告并罚款.
pub(super) const SUFFERED: &str = concat!(
    r"(?m)(?:^|[，。；、])([\p{Han}·•]{2,6}?(?:[、和与及][\p{Han}·•]{2,6}?){0,30}?)",
    r"(?:等[0-9一二三四五六七八九十]{0,3}人?)?(?:分别)?被(?:警告|罚款|禁止|取消|给予|处以)"
);
/// Those to whom something is done that is done to persons alone: 将张三打伤.
pub(super) const HURT: &str = concat!(
    r"(?:将|把)([\p{Han}·•]{2,8}?)(?:等[0-9一二三四五六七八九十两]{0,3}人)?",
    r"(?:打伤|打死|打成|殴打|殴伤|砍伤|砍死|捅伤|捅死|刺伤|刺死|砸伤|砸死|撞伤|撞死|咬伤|踢伤|踹伤|烧伤|烫伤|扎伤|划伤|抓伤|轧伤|碾压|击伤|致伤|致死|杀害|杀死|掐死|勒死|辱骂|打倒在地|撞倒在地|推倒在地|打晕|打昏|送往医院|送至医院|送到医院|送医)"
);
/// Those through whose hands something goes: 由张三转让, 经李四介绍.
pub(super) const HANDED: &str = concat!(
    r"(?:经由|由|经)([\p{Han}·•]{2,6}?)",
    r"(?:转让|转给|转租|再转|又转|转交|卖给|签收|见证|担保|承租|承包|耕种|保管|代收|代签|运输|送货|供货|出资|垫付|介绍|看管|陪同)"
);

/// What a bracket behind a party says if it is a person.
pub(super) const POSTS: &[&str] = &[
    "时任",
    "现任",
    "原任",
    "曾任",
    "时为",
    "经理",
    "行长",
    "主任",
    "员",
    "代理人",
    "岗",
    "负责人",
    "总监",
    "助理",
    "主管",
];

/// Words that begin what follows a name in running text.
pub(super) static FOLLOWERS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    words(
        "伙同 驾驶 作为 向本 对公 与被 和被 与原 和原 和证 人民 审判 书记 明知 酒后 来到 进入 使用 利用 通过 身为 \
     因涉 涉嫌 违反 经营 提出 不服 出庭 到庭 到案 归案 出生 身份 性别 职务 住址 电话 住所 民族 籍贯 联系 委托 \
     以非 以及 及其 在其 在本 于二 时任 供述 辩称 诉称 述称 陈述 证言 证实 表示 认为 承认 签订 签名 签字 支付 \
     给付 收取 购买 销售 出售 贩卖 持有 非法 未经 未取 无证 先后 多次 分别 共同 共谋 商议 预谋 趁机 趁被 乘机 \
     见状 随后 遂将 遂以 便将 就将 再次 主动 自愿 如实 积极 已经 已被 已将 曾因 曾被 均为 均系 等人 等三 等二 \
     等四 等五 给予 处以 罚款 警告 予以 并处 负有 负责 承担 赔偿 退赔 退还 返还 借款 欠款 贷款 还款 要求 请求 \
     申请 主张 起诉 上诉 拒绝 拒不 同意 报警 报案 发生 受伤 死亡 身亡 当场 当庭 逃离 逃跑 逃至 逃逸 窜至 抓获 \
     被抓 前往 驾车 乘坐 骑车 步行 回家 家中 住处 名下 所有 所驾 所在 的户 户籍 虽然 虽系 确实 实施 采用 采取 \
     以每 将其 将被 将该 把被 对被 向被 从被 从事 系被 系该 系原 系累 系初 系主 系从 在明 在未 在家 在该 在某 \
     在公 于当 与他 与其 与案 和其 和他 为了 为谋 为牟 为泄 为非 由于 由本 至今 辩护 被害 代理 法定 律师 先生 \
     女士 同志 另案 经人 经事 经公 经本 经依 经传 将车 将人 用刀 用打 持刀 持械 持续 手持 手机 微信 银行 账户 \
     开设 开办 成立 注册 登记 设立 投资 入股 担任 任职 入职 离职 工作 生于 现年 汉族 回族 满族 壮族 苗族 等多 \
     等共 等均 个人 本人 上述 下列 以下 其行 其他 违法 违规 虚构 隐瞒 冒充 冒用 骗取 盗窃 盗走 窃取 抢劫 殴打 \
     打伤 捅伤 砍伤 伤害 容留 吸食 运输 携带 藏匿 安排 指使 纠集 介绍 帮助 协助 参与 组织 加入 接受 收受 索取 \
     转账 汇款 取款 存款 出具 提供 提交 递交 交付 交给 转让 出租 承租 租赁 承包 建设 建造 生产 加工 制作 制造 \
     种植 养殖 捕捞 砍伐 辩解 翻供 认罪 悔罪 自首 坦白 立功 犯罪 触犯 构成 刑满 判处 宣判 离婚 结婚 同居 生育 \
     抚养 继承 诉被 诉某 因与 因犯 因本 因违 因琐 因病 因交 一案 一审 二审 合同 诈骗 故意 过失 危险 妨害 行贿 \
     受贿 贪污 挪用 生前 醉酒 具有 开车 身上 准备 刑事 定罪 亲属 亲自 对其 男， 女， 之子 之女 之妻 之母 之父 夫妇 夫妻 父子 母子 兄弟 姐妹 一家 二人 三人 两人 \
     四人 五人 各自 互相 相约 相识 名义 分成 客源 衣物 信任 之间 为担 为名 为法 为股 为负 邀请 考查 考察 误发 举报 反映 \
     投诉 停放 父母 妻子 丈夫 儿子 女儿 母亲 父亲 亲属 原系 原为 原是 处领 处购 处买 处借 处拿 处取 处进 处收 处得 处获 处租 处查 名字 禁止 终身 取消 吊销 撤销 撞倒 倒地 关于 加班 解除 存在 不再 现主 由原 由被 随原 \
     随被 现随 并派 签收 陪同 看管 照看 见证 作证 做账 记账 点货 就诊 经手 到场 在场 在店 同意 未持 未按 均在 均未 均无 均作 召开 \
     核实 送货 进货 进行 解释 终身 被警 被罚 被禁 移送 移交 无照 占道 擅自 私自 虚假 侵犯 侵权 哄抬 拖欠 倾倒 滥伐 盗伐 无资 超载 超限 超速 送往 送至 送到 带至 发放 目睹 亲眼 看见 看到 听见 听到 参加 劝说 劝阻 砸伤 刺伤 撞伤 踢伤 咬伤 推倒 出借 汇报 租用 索要 泄露 家门 受贿",
    )
});

/// Single characters that follow names in running text.
pub(super) const FOLLOWING: &str = "的亦在于与和及因系是为向对将被以从到至由经未不等均也还又已再曾称说供述诉辩持用犯拿乘骑把给让叫替找问打骗借欠买卖租收付退赔签写当若如时则遂便即并而且但或其两三二四五六一后前上中下内各使按依据根就竟却仍拒逃住居受得有无应可能会想需须要自处罚交出入回来去即驶载见发送带同跟比";

/// Words of two characters before names in running text.
pub(super) static PRECEDERS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    words(
        "给予 赔偿 证实 主张 得知 遇见 看见 告知 显示 分配 退还 解除 返还 支付 交付 虽然 要求 认为 进入 造成 窃取 通过 \
     带领 跟随 邀请 带到 抱住 追砍 撤离 招用 认可 认定 判令 驳回 查明 委托 联系 冒充 骗取 帮助 介绍 授意 安排 \
     要挟 威胁 殴打 捅伤 打伤 砍伤 致使 导致 发现 抓获 查获 收到 借给 交给 卖给 送给 租给 转给 汇给 向其 责令 \
     收受 容留 误伤 挟持 拖欠 伪造 开至 尔后 之弟 之兄 妻弟 居民 学员 警官 所长 队长 镇长 乡长 书记 副总 名称 \
     名下 原系 后由 后被 是由 已由 先由 又由 并向 并与 并将 还有 包括 即由 以下 如下 一子 一女 小孩 次子 长子 \
     长女 次女 笔人 养人 以及 其中 因为 由于 但是 并由 均由 政所 法所 出所 务所 理所 故对 故由 至于 关于 对于 根据 按照 依照 为由 期间 \
     随后 之后 此后 此时 其后 后来 同时 当时 如果 若是 系由",
    )
});

/// Characters that follow names so often and end them so seldom that only a sign behind them makes them part of one.
pub(super) const PREPOSITIONS: &str = "在于与以从将对向到至由因系未被应须把曾后";

/// Surnames that lead to a place more often: 从德兴, 经建德.
pub(super) const LEADS: &str = "于向从由经过来回时当为到所属原自往沿在离未和同与对别各每应能有";

/// What begins words that have the form of a name and are none: 于同年, 曾提出.
pub(super) static NO_BEGINS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    words(
        "代其 于同 于当 于本 于此 于次 于今 于前 于上 于下 晋升 商议 范围 陈述 应依 应服 应向 曾接 曾提 曾制 曾告 曾系 曾向 曾在 曾与 \
     曾因 盖章 代第 代表 代理 包扎 付清 付在 付款 付给 方取 方代 方觉 方可 方能 卫星 麻黄 花名 养老 未提 未载 未能 须在 后二 后三 \
     后四 后五 后七 从甲 从乙 由二 由三 由甲 由乙 和总 有酒 车前 车取 房内 房合 家彩 东方红 东方向 满为 能如 荣集 线上 向顾 向法 任本 植脂 \
     尚应 尚欠 陆续 扶起 扶着 储存",
    )
});

/// What goes on behind a stretch so that it is no name: 洪凝派出所.
pub(super) const GOES_ON: &[&str] = &["出所", "出机构", "安局", "察院", "员会", "等专科", "尔沁"];

/// Characters before names in running text.
pub(super) const PRECEDING: &str = "与和及由对向被将同让给跟是系为把请找叫从在且即而但令经于因以至等称据原替随令使的了人员长者其某按照依有即令并又到村组社屯队号后见往妻女子处";

/// What makes the words behind a name one name of a firm or a place with it: 张三丰面馆.
pub(super) static FIRM_WORDS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    words(
        "有限责任 股份 银行 支行 分行 农商 村镇 信用社 人寿 财险 保险 集团 证券 信托 律师事务所 事务所 有限公司 公司 商行 面馆 \
     饭店 餐馆 餐厅 酒店 酒楼 宾馆 旅馆 超市 商店 便利店 药店 药房 诊所 门诊 医院 学校 幼儿园 中心 经营部 \
     经销部 门市部 服务部 工作室 合作社 农场 牧场 养殖场 加工厂 小吃店 火锅店 烧烤店 餐饮店 食品店 百货店 五金店 \
     建材店 水果店 蔬菜店 网吧 会所 美容院 理发店 副食店 副食 小吃 火锅 烧烤 快餐 饺子馆 包子铺 早餐店 食府 饭庄 \
     茶馆 茶楼 茶庄 农家乐 民宿 客栈 种植基地 养殖基地 批发部 零售店 专卖店 体验店 加盟店 生活馆 养生馆 美容店 服装店 鞋店 饰品店 \
     花店 加油站 修理厂 修理店 洗车店 砂石厂 砖厂 家庭农场 个体诊所 口腔 中医 纪念馆 故居 大学 中学 小学 牌",
    )
});

/// Words of firms that what looks like a name may end in the middle of: 华凯保险, 荣达公司.
pub(super) static FIRM_MIDDLES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| words("公司 保险 物流 商贸 实业 科技 置业 集团 传媒 网络 建材 建设 银行 证券 巴巴"));

/// Trades that make what stands before them the name of a firm if neither their own things nor persons follow: 宁海理财, but not
/// 张三理财经理.
pub(super) const TRADES: &[&str] = &["理财", "经纪", "财险", "寿险", "公估", "信托", "资管", "深分", "中支"];
/// What follows a trade that is none of a firm then.
pub(super) const TRADED: &str = "产款资业经顾师人产品费账";
/// How the name of a firm ends in one character.
pub(super) const FIRM_ENDS: &str = "店厂馆铺坊";

/// What ends between a name and such a word the name of a firm: then the firm is another thing.
pub(super) const FIRM_BREAKS: &str =
    "的在与和因于对等向到从被将把是系说称给为以至及由其所，、在经开进驾投购销担任诉未某见持用乘骑拿约取撤禁责罚警处";

/// Trades of firms that persons do too and that are those of firms before what follows here.
pub(super) const FIRM_TRADES: [&str; 10] = [
    "投资有限",
    "投资集团",
    "投资股份",
    "投资控股",
    "投资发展有限",
    "投资管理有限",
    "投资咨询有限",
    "担保有限",
    "担保公司",
    "购物中心",
];

/// Characters that make what stands before them a place or an organ, not a person.
pub(super) const PLACES: &str = "省市区县镇乡村路街州旗局厅院厂店馆庄湖河山岛港桥站寨屯沟";

/// What ends words that have the form of a name and are none.
pub(super) static NO_ENDS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    words(
        "部 支 社 镇 财险 人寿 寿险 公估 信托 理财 资管 中支 深分 联社 高管 代理人 用名 公司 发行 农行 保险 经纪 证券 分局 支行 大队 法院 中心 委员 人员 支队 分行 单位 \
     银行 本院 本局 村 派 先生 女士 小姐 老师 师傅 医生 经理 老板 同志 主任 律师 法官 行长 市 县 省 区 旗 局 厅 \
     院 店 馆 部门 机关 检公 检诉 检刑 董事会 党总 团 县人 市人 省人 区人 旗人 州人 可证",
    )
});

/// What ends words that say in a list of those who are penalised that they are no names: 相关责任人.
pub(super) const THING_ENDS: &[&str] = &["人", "者", "机构", "代理", "高管", "支社", "公社", "部"];

/// Characters that end names, but other words more often: a stretch that nothing else tells must not end in one.
pub(super) const UNLIKELY_ENDS: &str = "村路乡桥岭费信柜线字证章格发行会方品单件份张块座层组点口门委师录员商科";

/// People of public life whose names are part of what a law or a thought is called.
pub(super) static PUBLIC: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| words("习近平 毛泽东 邓小平 江泽民 胡锦涛 周恩来 刘少奇 孙中山 马克思 列宁 李克强 李强 雷锋"));
/// What follows them then.
pub(super) const PUBLIC_BEHIND: &[&str] =
    &["总书记", "主席", "总理", "新时代", "思想", "理论", "同志", "法治", "经济思想", "精神", "主义"];

/// Two characters behind a label that are no name.
pub(super) static NO_NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    words(
        "单位 个人 公司 家属 家长 农户 商户 经理 经营 有关 相关 全体 司机 不详 未知 不明 暂无 同上 本人 企业 组织 \
     自然人 个体工商户 个体户 无名氏 本单位 本公司 法人 其他 居民 公民 主任 店长 保密 匿名 详见 职务 性别 姓名 \
     地址 住址 电话 名称 基本情况 时间 金额 项目 方式 车号 车型 车牌号 年龄 单价 水量 意见 案由 事由",
    )
});

/// A word without the blanks by which it is spread: 当 事 人.
pub(super) fn closed(word: &str) -> Cow<'_, str> {
    if word.contains([' ', '\u{3000}']) {
        Cow::Owned(word.chars().filter(|c| !matches!(c, ' ' | '\u{3000}')).collect())
    } else {
        Cow::Borrowed(word)
    }
}
