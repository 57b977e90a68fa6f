use super::write;

/// All values of ST_NumberFormat (ISO/IEC 29500-1, 17.18.59) but `bullet` and `custom`, which do not count.
const VALUES: &str = "decimal upperRoman lowerRoman upperLetter lowerLetter ordinal cardinalText ordinalText hex \
    chicago ideographDigital japaneseCounting aiueo iroha decimalFullWidth decimalHalfWidth japaneseLegal \
    japaneseDigitalTenThousand decimalEnclosedCircle decimalFullWidth2 aiueoFullWidth irohaFullWidth decimalZero \
    ganada chosung decimalEnclosedFullstop decimalEnclosedParen decimalEnclosedCircleChinese \
    ideographEnclosedCircle ideographTraditional ideographZodiac ideographZodiacTraditional taiwaneseCounting \
    ideographLegalTraditional taiwaneseCountingThousand taiwaneseDigital chineseCounting chineseLegalSimplified \
    chineseCountingThousand koreanDigital koreanCounting koreanLegal koreanDigital2 vietnameseCounting \
    russianLower russianUpper none numberInDash hebrew1 hebrew2 arabicAlpha arabicAbjad hindiVowels \
    hindiConsonants hindiNumbers hindiCounting thaiLetters thaiNumbers thaiCounting bahtText dollarText";

#[test]
fn counters_are_written_as_word_prints_them() {
    let cases: &[(&str, &[(u32, &str)])] = &[
        ("decimalHalfWidth", &[(1, "1"), (12, "12")]),
        ("decimalFullWidth2", &[(1, "１"), (20, "２０")]),
        ("decimalEnclosedCircleChinese", &[(1, "①"), (10, "⑩"), (20, "⑳")]),
        ("taiwaneseCounting", &[(1, "一"), (12, "十二"), (20, "二十"), (100, "一○○")]),
        ("japaneseDigitalTenThousand", &[(1, "一"), (10, "一〇"), (305, "三〇五")]),
        ("koreanDigital2", &[(1, "一"), (10, "一零"), (24, "二四")]),
        ("aiueo", &[(1, "ｱ"), (5, "ｵ"), (44, "ﾜ"), (45, "ｦ"), (46, "ﾝ"), (47, "ｱｱ")]),
        ("iroha", &[(1, "ｲ"), (4, "ﾆ"), (25, "ヰ"), (43, "ヱ"), (47, "ｽ"), (48, "ﾝ"), (49, "ｲｲ")]),
        (
            "irohaFullWidth",
            &[(1, "イ"), (3, "ハ"), (12, "ヲ"), (25, "ヰ"), (43, "ヱ"), (48, "ン"), (50, "ロロ")],
        ),
        ("chosung", &[(1, "ㄱ"), (8, "ㅇ"), (14, "ㅎ"), (15, "ㄱㄱ"), (29, "ㄱㄱㄱ")]),
        ("russianUpper", &[(1, "А"), (7, "Ж"), (29, "Я"), (30, "АА")]),
        ("arabicAlpha", &[(1, "أ"), (2, "ب"), (3, "ت"), (5, "ج"), (28, "ي"), (29, "أأ")]),
        ("arabicAbjad", &[(1, "أ"), (2, "ب"), (3, "ج"), (4, "د"), (10, "ي"), (28, "غ"), (30, "بب")]),
        // The standard gives vowels the signs of consonants, and the other way round.
        ("hindiVowels", &[(1, "क"), (5, "ङ"), (37, "ह")]),
        ("hindiConsonants", &[(1, "अ"), (2, "आ"), (16, "औ"), (17, "अं"), (18, "अः")]),
        ("hindiCounting", &[(1, "एक"), (2, "दो"), (10, "दस"), (25, "पच्चीस"), (100, "सौ"), (101, "101")]),
        (
            "thaiLetters",
            &[(1, "ก"), (2, "ข"), (3, "ค"), (4, "ง"), (32, "ร"), (33, "ล"), (41, "ฮ"), (42, "กก")],
        ),
        ("bahtText", &[(1, "หนึ่งบาทถ้วน"), (12, "สิบสองบาทถ้วน"), (100, "หนึ่งร้อยบาทถ้วน")]),
        ("dollarText", &[(1, "One and 00/100"), (42, "Forty-two and 00/100")]),
        ("decimal", &[(1, "1"), (0, "0"), (1234, "1234")]),
        ("decimalZero", &[(1, "01"), (10, "10"), (100, "100")]),
        ("decimalFullWidth", &[(10, "１０")]),
        ("decimalEnclosedCircle", &[(1, "①"), (20, "⑳"), (21, "㉑"), (51, "51")]),
        ("decimalEnclosedParen", &[(3, "⑶"), (21, "21")]),
        ("decimalEnclosedFullstop", &[(3, "⒊")]),
        ("ideographEnclosedCircle", &[(1, "㊀"), (10, "㊉"), (11, "11")]),
        (
            "chineseCounting",
            &[
                (0, "○"),
                (1, "一"),
                (10, "十"),
                (11, "十一"),
                (20, "二十"),
                (99, "九十九"),
                (100, "一○○"),
                (101, "一○一"),
            ],
        ),
        (
            "chineseCountingThousand",
            &[
                (10, "十"),
                (100, "一百"),
                (101, "一百零一"),
                (110, "一百一十"),
                (111, "一百一十一"),
                (1001, "一千零一"),
                (1010, "一千零一十"),
                (10_000, "一万"),
                (10_001, "一万零一"),
                (100_001, "十万零一"),
                (101_000, "十万一千"),
                (100_100, "十万零一百"),
                (100_000_001, "一亿零一"),
            ],
        ),
        ("chineseLegalSimplified", &[(10, "壹拾"), (12, "壹拾贰"), (305, "叁佰零伍")]),
        ("ideographLegalTraditional", &[(13, "壹拾參")]),
        ("ideographDigital", &[(10, "一〇"), (2024, "二〇二四")]),
        ("ideographTraditional", &[(1, "甲"), (10, "癸"), (11, "11")]),
        ("ideographZodiac", &[(1, "子"), (12, "亥"), (13, "13")]),
        ("ideographZodiacTraditional", &[(1, "甲子"), (13, "丙子"), (60, "癸亥")]),
        ("taiwaneseCountingThousand", &[(10_000, "一萬")]),
        ("taiwaneseDigital", &[(10, "一○")]),
        ("japaneseCounting", &[(10, "十"), (111, "百十一"), (1000, "千"), (10_000, "一萬")]),
        ("japaneseLegal", &[(11, "壱拾壱")]),
        ("koreanCounting", &[(11, "십일"), (20, "이십")]),
        ("koreanLegal", &[(1, "하나"), (21, "스물하나")]),
        ("koreanDigital", &[(10, "일영")]),
        ("ganada", &[(1, "가"), (15, "가가")]),
        ("aiueoFullWidth", &[(1, "ア"), (46, "ン")]),
        ("upperRoman", &[(4, "IV"), (1999, "MCMXCIX"), (0, "0")]),
        ("lowerRoman", &[(9, "ix")]),
        ("lowerLetter", &[(1, "a"), (26, "z"), (27, "aa"), (54, "bbb")]),
        ("upperLetter", &[(26, "Z"), (27, "AA"), (53, "AAA")]),
        ("russianLower", &[(1, "а")]),
        ("ordinal", &[(1, "1st"), (2, "2nd"), (11, "11th"), (23, "23rd"), (112, "112th")]),
        ("cardinalText", &[(1, "One"), (21, "Twenty-one"), (105, "One hundred five")]),
        (
            "ordinalText",
            &[(1, "First"), (12, "Twelfth"), (20, "Twentieth"), (21, "Twenty-first"), (100, "One hundredth")],
        ),
        ("hex", &[(10, "A"), (255, "FF")]),
        ("chicago", &[(1, "*"), (5, "**")]),
        ("numberInDash", &[(3, "- 3 -")]),
        ("hebrew1", &[(15, "טו"), (16, "טז"), (121, "קכא")]),
        ("hebrew2", &[(22, "ת"), (23, "תא")]),
        ("thaiNumbers", &[(12, "๑๒")]),
        ("thaiCounting", &[(1, "หนึ่ง"), (11, "สิบเอ็ด"), (21, "ยี่สิบเอ็ด")]),
        ("hindiNumbers", &[(10, "१०")]),
        ("vietnameseCounting", &[(1, "một"), (10, "mười"), (15, "mười lăm"), (21, "hai mươi mốt")]),
        ("none", &[(7, "")]),
        ("no such format", &[(7, "7")]),
    ];
    for (format, examples) in cases {
        for (number, want) in *examples {
            assert_eq!(write(*number, format), *want, "{format} {number}");
        }
    }
    for value in VALUES.split_ascii_whitespace() {
        assert!(cases.iter().any(|(format, _)| *format == value), "{value} has no known number");
    }
}

#[test]
fn no_counter_is_long_however_large() {
    for format in [
        "upperRoman",
        "lowerLetter",
        "chicago",
        "hebrew2",
        "cardinalText",
        "chineseCountingThousand",
        "thaiLetters",
    ] {
        for number in [0, 32_768, 1_000_000, u32::MAX] {
            assert!(write(number, format).len() < 200, "{format} {number}");
        }
    }
}

#[test]
fn custom_patterns_are_known_by_their_first_numbers() {
    for (pattern, third) in [
        ("001, 002, 003, ...", "003"),
        ("α, β, γ, ...", "γ"),
        ("Α, Β, Γ, ...", "Γ"),
        ("I, II, III, ...", "III"),
        ("甲, 乙, 丙, ...", "丙"),
        ("?, ?, ?, ...", "3"),
    ] {
        assert_eq!(write(3, &super::of_pattern(pattern)), third, "{pattern}");
    }
}
