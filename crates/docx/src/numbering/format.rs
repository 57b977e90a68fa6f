//! How a counter is written: every value of ST_NumberFormat (ISO/IEC 29500-1, 17.18.59) that counts.

use super::words;

/// Writes `number` in the format of a name. Formats that have no sign for the number, and names nobody
/// knows, give Arabic digits, as Word does.
pub(crate) fn write(number: u32, format: &str) -> String {
    let text = match format {
        "none" => return String::new(),
        "decimal" | "decimalHalfWidth" => None,
        "decimalZero" => Some(format!("{number:02}")),
        // Our own names for custom patterns: Greek letters, and so many digits.
        "greekLower" => repeated(number, "αβγδεζηθικλμνξοπρστυφχψω"),
        "greekUpper" => repeated(number, "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ"),
        "02" | "03" | "04" | "05" | "06" | "07" | "08" | "09" => {
            let width = usize::from(format.as_bytes()[1] - b'0');
            Some(format!("{number:0width$}"))
        }
        "decimalFullWidth" | "decimalFullWidth2" => Some(digits(number, "０１２３４５６７８９")),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => circled(number),
        "decimalEnclosedFullstop" => range_letter(number, 0x2488, 20),
        "decimalEnclosedParen" => range_letter(number, 0x2474, 20),
        "ideographEnclosedCircle" => range_letter(number, 0x3280, 10),
        "numberInDash" => Some(format!("- {number} -")),
        "hex" => Some(format!("{number:X}")),
        "chicago" => repeated(number, "*†‡§"),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).map(|roman| roman.to_lowercase()),
        "upperLetter" => repeated(number, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        "lowerLetter" => repeated(number, "abcdefghijklmnopqrstuvwxyz"),
        "russianLower" => repeated(number, "абвгдежзиклмнопрстуфхцчшщыэюя"),
        "russianUpper" => repeated(number, "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ"),
        "ordinal" => Some(words::ordinal(number)),
        "cardinalText" => words::cardinal_text(number),
        "ordinalText" => words::ordinal_text(number),
        "dollarText" => words::dollar_text(number),
        "vietnameseCounting" => words::vietnamese(number),
        "bahtText" => words::thai(number).map(|text| text + "บาทถ้วน"),
        "thaiCounting" => words::thai(number),
        "hindiCounting" => words::hindi(number),
        _ => east_asian(number, format).or_else(|| other_scripts(number, format)),
    };
    text.unwrap_or_else(|| number.to_string())
}

/// The format that a custom pattern such as `001, 002, 003, ...` asks for ([MS-DOCX] 2.4): a name for
/// [`write`].
pub(crate) fn of_pattern(pattern: &str) -> String {
    const NAMES: [&str; 36] = [
        "decimal",
        "decimalZero",
        "upperRoman",
        "lowerRoman",
        "upperLetter",
        "lowerLetter",
        "ordinal",
        "cardinalText",
        "ordinalText",
        "decimalFullWidth",
        "decimalEnclosedCircle",
        "decimalEnclosedParen",
        "decimalEnclosedFullstop",
        "numberInDash",
        "chicago",
        "chineseCountingThousand",
        "chineseCounting",
        "chineseLegalSimplified",
        "ideographDigital",
        "ideographTraditional",
        "ideographZodiac",
        "ideographEnclosedCircle",
        "ideographLegalTraditional",
        "japaneseLegal",
        "koreanCounting",
        "koreanLegal",
        "koreanDigital",
        "aiueo",
        "aiueoFullWidth",
        "iroha",
        "ganada",
        "chosung",
        "russianLower",
        "russianUpper",
        "greekLower",
        "greekUpper",
    ];
    let items: Vec<&str> = pattern.split(',').map(str::trim).collect();
    let first = items[0];
    if first.len() > 1 && first.len() < 10 && first.bytes().all(|b| b.is_ascii_digit()) {
        return format!("0{}", first.len());
    }
    let fits = |name: &&&str| {
        let second = items.get(1).copied().unwrap_or("...");
        write(1, name) == first
            && (second.starts_with('.') || [2, 10].iter().any(|&n| write(n, name) == second))
    };
    NAMES.iter().find(fits).map_or("decimal", |name| *name).to_owned()
}

fn east_asian(number: u32, format: &str) -> Option<String> {
    const PLAIN: &str = "〇一二三四五六七八九";
    match format {
        "ideographDigital" => Some(digits(number, PLAIN)),
        "japaneseDigitalTenThousand" => Some(digits(number, PLAIN)),
        "taiwaneseDigital" => Some(digits(number, "○一二三四五六七八九")),
        "koreanDigital" => Some(digits(number, "영일이삼사오육칠팔구")),
        "koreanDigital2" => Some(digits(number, "零一二三四五六七八九")),
        "chineseCounting" | "taiwaneseCounting" => Some(counting(number)),
        "chineseCountingThousand" => Some(grouped(number, &CHINESE)),
        "taiwaneseCountingThousand" => Some(grouped(number, &TAIWANESE)),
        "chineseLegalSimplified" => Some(grouped(number, &LEGAL_SIMPLIFIED)),
        "ideographLegalTraditional" => Some(grouped(number, &LEGAL_TRADITIONAL)),
        "japaneseCounting" => Some(grouped(number, &JAPANESE)),
        "japaneseLegal" => Some(grouped(number, &LEGAL_JAPANESE)),
        "koreanCounting" => Some(grouped(number, &KOREAN)),
        "koreanLegal" => words::korean_native(number),
        "ideographTraditional" => nth(number, "甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => nth(number, "子丑寅卯辰巳午未申酉戌亥"),
        "ideographZodiacTraditional" => zodiac_pair(number),
        "aiueo" => repeated(number, "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"),
        "aiueoFullWidth" => repeated(
            number,
            "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
        ),
        "iroha" => repeated(number, "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽﾝ"),
        "irohaFullWidth" => repeated(
            number,
            "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン",
        ),
        "ganada" => repeated(number, "가나다라마바사아자차카타파하"),
        "chosung" => repeated(number, "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"),
        _ => None,
    }
}

fn other_scripts(number: u32, format: &str) -> Option<String> {
    match format {
        "arabicAlpha" => repeated(number, "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"),
        "arabicAbjad" => repeated(number, "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"),
        "hebrew1" => hebrew(number),
        "hebrew2" => hebrew_letters(number),
        "hindiVowels" => range_letter(number, 0x0915, 37),
        "hindiConsonants" => match number {
            17 => Some("अं".into()),
            18 => Some("अः".into()),
            _ => range_letter(number, 0x0905, 16),
        },
        "hindiNumbers" => Some(digits(number, "०१२३४५६७८९")),
        "thaiLetters" => repeated(number, "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"),
        "thaiNumbers" => Some(digits(number, "๐๑๒๓๔๕๖๗๘๙")),
        _ => None,
    }
}

/// Each decimal digit by a sign of its own.
fn digits(number: u32, signs: &str) -> String {
    let signs: Vec<char> = signs.chars().collect();
    number.to_string().bytes().filter_map(|digit| signs.get(usize::from(digit - b'0'))).collect()
}

/// The sign of a number, once.
fn nth(number: u32, signs: &str) -> Option<String> {
    let index = usize::try_from(number.checked_sub(1)?).ok()?;
    signs.chars().nth(index).map(String::from)
}

/// Letters that come again doubled, tripled, … after the last one: `z`, `aa`, `bb`.
fn repeated(number: u32, signs: &str) -> Option<String> {
    let index = usize::try_from(number.checked_sub(1)?).ok()?;
    let count = signs.chars().count();
    let times = index / count + 1;
    // Nobody reads thirty letters; a hostile start value would make millions.
    (times <= 30).then(|| signs.chars().nth(index % count).map(|sign| String::from(sign).repeat(times)))?
}

fn range_letter(number: u32, first: u32, count: u32) -> Option<String> {
    (1..=count).contains(&number).then(|| char::from_u32(first + number - 1).map(String::from))?
}

/// Numbers in circles, as far as Unicode has them.
pub(crate) fn circled(number: u32) -> Option<String> {
    let code = match number {
        0 => 0x24ea,
        1..=20 => 0x2460 + number - 1,
        21..=35 => 0x3251 + number - 21,
        36..=50 => 0x32b1 + number - 36,
        _ => return None,
    };
    char::from_u32(code).map(String::from)
}

fn roman(number: u32) -> Option<String> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..=32_767).contains(&number) {
        return None;
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    Some(out)
}

/// 一 … 十 … 九十九, and from a hundred on digit by digit: 一○○.
fn counting(number: u32) -> String {
    const SIGNS: &str = "○一二三四五六七八九";
    if number >= 100 { digits(number, SIGNS) } else { grouped(number, &CHINESE_BELOW_100) }
}

/// How a language counts in tens, hundreds, thousands and ten thousands.
struct Grouping {
    digits: &'static str,
    tens: [&'static str; 3],
    myriads: [&'static str; 2],
    /// What stands for a gap between digits; nothing in Japanese and Korean.
    zero: &'static str,
    /// What zero itself is.
    nothing: &'static str,
    /// Whether 一 is left out before 十 at the very beginning.
    bare_ten: bool,
    /// Whether 一 is left out before every unit up to a thousand.
    bare_units: bool,
}

const CHINESE: Grouping = Grouping {
    digits: "一二三四五六七八九",
    tens: ["十", "百", "千"],
    myriads: ["万", "亿"],
    zero: "零",
    nothing: "零",
    bare_ten: true,
    bare_units: false,
};
const CHINESE_BELOW_100: Grouping = Grouping { nothing: "○", ..CHINESE };
const TAIWANESE: Grouping = Grouping { myriads: ["萬", "億"], nothing: "○", ..CHINESE };
const LEGAL_SIMPLIFIED: Grouping = Grouping {
    digits: "壹贰叁肆伍陆柒捌玖",
    tens: ["拾", "佰", "仟"],
    myriads: ["万", "亿"],
    zero: "零",
    nothing: "零",
    bare_ten: false,
    bare_units: false,
};
const LEGAL_TRADITIONAL: Grouping =
    Grouping { digits: "壹貳參肆伍陸柒捌玖", myriads: ["萬", "億"], ..LEGAL_SIMPLIFIED };
const JAPANESE: Grouping = Grouping { zero: "", nothing: "〇", bare_units: true, ..TAIWANESE };
const LEGAL_JAPANESE: Grouping = Grouping {
    digits: "壱弐参四伍六七八九",
    tens: ["拾", "百", "阡"],
    myriads: ["萬", "億"],
    zero: "",
    nothing: "零",
    bare_ten: false,
    bare_units: false,
};
const KOREAN: Grouping = Grouping {
    digits: "일이삼사오육칠팔구",
    tens: ["십", "백", "천"],
    myriads: ["만", "억"],
    zero: "",
    nothing: "영",
    bare_ten: true,
    bare_units: true,
};

fn grouped(number: u32, grouping: &Grouping) -> String {
    if number == 0 {
        return grouping.nothing.to_owned();
    }
    let mut out = String::new();
    // Whether zeros stand between what is written and what comes next; several count once.
    let mut gap = false;
    let groups = [(number / 100_000_000, 2), (number / 10_000 % 10_000, 1), (number % 10_000, 0)];
    for (group, myriad) in groups {
        if group == 0 {
            gap = true;
            continue;
        }
        for (place, unit) in [1000, 100, 10, 1].into_iter().enumerate() {
            let value = group / unit % 10;
            if value == 0 {
                gap = true;
                continue;
            }
            if gap && !out.is_empty() {
                out.push_str(grouping.zero);
            }
            gap = false;
            let first_ten = grouping.bare_ten && unit == 10 && out.is_empty();
            if value > 1 || unit == 1 || !(grouping.bare_units || first_ten) {
                out.extend(grouping.digits.chars().nth(value as usize - 1));
            }
            if unit > 1 {
                out.push_str(grouping.tens[2 - place]);
            }
        }
        if myriad > 0 {
            out.push_str(grouping.myriads[myriad - 1]);
            // 十万一千 and 十万零一: only the zeros of the next group count.
            gap = false;
        }
    }
    out
}

/// The sixty pairs of stem and branch: 甲子, 乙丑, …
fn zodiac_pair(number: u32) -> Option<String> {
    if !(1..=60).contains(&number) {
        return None;
    }
    let stem = nth((number - 1) % 10 + 1, "甲乙丙丁戊己庚辛壬癸")?;
    let branch = nth((number - 1) % 12 + 1, "子丑寅卯辰巳午未申酉戌亥")?;
    Some(stem + &branch)
}

/// Hebrew letters by value: א … ט, י … צ, ק … ת; 15 and 16 as 9+6 and 9+7.
fn hebrew(number: u32) -> Option<String> {
    const VALUES: [(u32, char); 22] = [
        (400, 'ת'),
        (300, 'ש'),
        (200, 'ר'),
        (100, 'ק'),
        (90, 'צ'),
        (80, 'פ'),
        (70, 'ע'),
        (60, 'ס'),
        (50, 'נ'),
        (40, 'מ'),
        (30, 'ל'),
        (20, 'כ'),
        (10, 'י'),
        (9, 'ט'),
        (8, 'ח'),
        (7, 'ז'),
        (6, 'ו'),
        (5, 'ה'),
        (4, 'ד'),
        (3, 'ג'),
        (2, 'ב'),
        (1, 'א'),
    ];
    if !(1..=999).contains(&number) {
        return None;
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, letter) in VALUES {
        if matches!(rest, 15 | 16) {
            out.push('ט');
            rest -= 9;
        }
        while rest >= value {
            out.push(letter);
            rest -= value;
        }
    }
    Some(out)
}

/// The Hebrew alphabet; after ת comes תא, as many ת before as it has been gone through.
fn hebrew_letters(number: u32) -> Option<String> {
    let index = number.checked_sub(1)?;
    let letter = "אבגדהוזחטיכלמנסעפצקרשת".chars().nth((index % 22) as usize)?;
    (index / 22 <= 30).then(|| "ת".repeat((index / 22) as usize) + &String::from(letter))
}

#[cfg(test)]
#[path = "format_tests.rs"]
mod tests;
