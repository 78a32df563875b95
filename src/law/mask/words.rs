//! Tables of characters and words: surnames, characters of given names, words that are no names.

use crate::text::words::Segmenter;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Characters that end no name and begin no given name.
const NEVER: &str = "的了被把吗呢吧等们这那哪么很您你我他她它某犯称说诉辩男女均皆及没却而但或且即则还又再该此各所者嫌罪款号条项处罚父母妻姓";

/// Those of them that stand in names all the same: 陈再雄, 刘胜男.
const IN_NAMES: &str = "再男女即而还却";

/// Surnames that are mostly other words, so that more must speak for a name.
const DOUBTFUL: &str = "于向应时和成从明能同有全都计公关相查经所别支连解易单权党干后当过由占为满充越融归养逐言费代安严路边方高平常广通步来金文水石车白黄马牛羊花毛皮米强乐商信门东终竺苟冷温暴求原管甘终国家宝法战展敬遇初线税才过乘福爱有年夫母种左桂暨居兴须乌包银扬保位来沿拜回才未山计化承锁字补雪普岩召药侍历厚鲜练稽呼玄么奉昂古容鱼首红游益双元负缴盖储尚晋宿农楼师扶续利养台井苗司项沙官宾励卿";

/// Those of them that many people bear: with two characters that stand in given names they are surnames all the same.
const POPULAR: &str = "黄马高白方石金安严常路文田康车牛花水温毛皮米商乐广平代边冷苟鲜包于晋苗司项沙";

/// Surnames that most people bear.
const USUAL: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";

/// Surnames that are nearly always another word: they are some right behind a word like 证人 and in lists of persons alone.
const RARE: &str = "南种折过但修黑香生洗师老税是者战母火海汉德朗旗星竹桐理扎朋拱用行虎龟鸟鸿默望树字户思性巨征循斗斤术机果枚柱栋梓检民泉波泥泽洛浑淡清渠湾潮照牡玉留登目省矿碧竭笔紫繁考职色节芒茶菊落藏蛇角训诗说豆豹贝质贯走足转载辉进逊遗酒量针镇镜间险零霜静革顺食首鼓杰仰宣阿岩盖";

/// The tables, made once.
pub(super) struct Words {
    surnames: HashSet<char>,
    rare: HashSet<char>,
    usual: HashSet<char>,
    compound: HashSet<[char; 2]>,
    given: HashSet<char>,
    never: HashSet<char>,
    doubtful: HashSet<char>,
    popular: HashSet<char>,
    regions: HashSet<&'static str>,
    words: HashMap<char, Box<str>>,
}

/// The one instance.
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let stated = |table: &'static str| table.lines().filter(|line| !line.starts_with('#'));
    let mut compound = HashSet::new();
    let mut surnames = HashSet::new();
    for line in stated(include_str!("surnames.txt")) {
        if line.contains(' ') {
            compound.extend(line.split(' ').filter_map(|name| {
                let mut chars = name.chars();
                Some([chars.next()?, chars.next()?])
            }));
        } else {
            surnames.extend(line.chars());
        }
    }
    let groups = stated(include_str!("words.txt")).flat_map(|line| line.split(' '));
    let words = groups.filter_map(|group| {
        let (first, rest) = group.split_once(':')?;
        Some((first.chars().next()?, Box::from(rest)))
    });
    Words {
        surnames,
        rare: RARE.chars().collect(),
        usual: USUAL.chars().collect(),
        compound,
        given: stated(include_str!("given.txt")).flat_map(str::chars).collect(),
        never: NEVER.chars().collect(),
        doubtful: DOUBTFUL.chars().collect(),
        popular: POPULAR.chars().collect(),
        regions: stated(include_str!("../regions.tsv")).filter_map(|line| region(line.split_once('\t')?.1)).collect(),
        words: words.collect(),
    }
});

/// The name of a region without what it is: 张家口 of 张家口市.
fn region(name: &'static str) -> Option<&'static str> {
    let short =
        ["自治县", "市", "县", "区", "旗", "省"].iter().find_map(|suffix| name.strip_suffix(suffix)).unwrap_or(name);
    (2..=4).contains(&short.chars().count()).then_some(short)
}

/// Whether a stretch of two or three characters is a word of the language and no name: 代理费, 保健品, 未分. Words of two characters
/// are names all too often (马东, 黄河, 付强), so only those are meant that no name can be.
pub(super) fn is_common(name: &str, length: usize) -> bool {
    let class = || Segmenter::shared().class(name);
    match length {
        // 盖章, 缴清: a verb, and hardly a surname.
        2 => class().is_some_and(|class| {
            let doubtful = name.chars().next().is_some_and(|c| WORDS.is_doubtful(c) && !WORDS.is_popular(c));
            ["d", "s", "r", "c", "p"].contains(&class.as_str()) || doubtful && class.starts_with(['v', 'n', 'a', 't'])
        }),
        3 => class().is_some_and(|class| {
            let of_language = ["n", "v", "vn", "d", "a", "b", "l", "i", "s", "t", "vd", "ad"];
            let chars: Vec<char> = name.chars().collect();
            let compound = || matches!(chars[..], [a, b, ..] if WORDS.is_compound(a, b));
            // 沃尔玛, 巴拉圭; 欧阳海 is the name of a place too.
            of_language.contains(&class.as_str()) || ["nz", "ns", "nt"].contains(&class.as_str()) && !compound()
        }),
        _ => false,
    }
}

impl Words {
    /// Whether a surname that is mostly another word is one that many bear.
    pub(super) fn is_popular(&self, c: char) -> bool {
        self.popular.contains(&c)
    }

    /// Whether a stretch is the name of a city or county.
    pub(super) fn is_region(&self, name: &str) -> bool {
        self.regions.contains(name)
    }

    /// Whether a character is a surname.
    pub(super) fn is_surname(&self, c: char) -> bool {
        self.surnames.contains(&c)
    }

    /// Whether a surname is one of those that most people bear.
    pub(super) fn is_usual(&self, c: char) -> bool {
        self.usual.contains(&c)
    }

    /// Whether a character is a surname only where nothing but a name can stand.
    pub(super) fn is_rare(&self, c: char) -> bool {
        self.rare.contains(&c)
    }

    /// Whether two characters are one surname.
    pub(super) fn is_compound(&self, first: char, second: char) -> bool {
        self.compound.contains(&[first, second])
    }

    /// Whether a character stands often in given names.
    pub(super) fn is_given(&self, c: char) -> bool {
        self.given.contains(&c)
    }

    /// Whether a character stands in no given name.
    pub(super) fn is_never(&self, c: char) -> bool {
        self.never.contains(&c)
    }

    /// Whether a character stands in no name even where a name fills its place: 再, 男 do.
    pub(super) fn is_barred(&self, c: char) -> bool {
        self.is_never(c) && !IN_NAMES.contains(c)
    }

    /// Whether a surname is mostly another word.
    pub(super) fn is_doubtful(&self, c: char) -> bool {
        self.doubtful.contains(&c)
    }

    /// Whether two characters are a word.
    pub(super) fn is_word(&self, first: char, second: char) -> bool {
        self.words.get(&first).is_some_and(|seconds| seconds.contains(second))
    }
}
