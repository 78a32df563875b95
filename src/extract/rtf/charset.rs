//! Code pages of fonts and files.

use encoding_rs as page;

/// How the bytes of a run are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charset {
    /// In a code page.
    Page(&'static page::Encoding),
    /// Each byte is a sign of a font such as Wingdings.
    Signs,
    /// Each byte is a sign of a font that is not known: it stays a character without meaning.
    OtherSigns,
}

impl Charset {
    /// The code page with this number; an unknown one is taken for that of western Windows, whose ASCII most share.
    pub(super) fn of_page(number: i32) -> Self {
        Charset::Page(match number {
            936 | 10008 => page::GBK,
            54936 => page::GB18030,
            950 | 10002 => page::BIG5,
            932 | 10001 => page::SHIFT_JIS,
            949 | 10003 => page::EUC_KR,
            874 => page::WINDOWS_874,
            866 => page::IBM866,
            1250 => page::WINDOWS_1250,
            1251 => page::WINDOWS_1251,
            1253 => page::WINDOWS_1253,
            1254 => page::WINDOWS_1254,
            1255 => page::WINDOWS_1255,
            1256 => page::WINDOWS_1256,
            1257 => page::WINDOWS_1257,
            1258 => page::WINDOWS_1258,
            10000 => page::MACINTOSH,
            65001 => page::UTF_8,
            _ => page::WINDOWS_1252,
        })
    }

    /// That of a font, by the number of its character set; `None` if it leaves it to the file.
    pub(super) fn of_font(number: i32) -> Option<Self> {
        let page = match number {
            0 => 1252,
            2 => return Some(Charset::OtherSigns),
            77 => 10000,
            78 => 10001,
            80 => 10008,
            81 => 10002,
            128 => 932,
            129 => 949,
            134 => 936,
            136 => 950,
            161 => 1253,
            162 => 1254,
            163 => 1258,
            177 => 1255,
            178..=181 => 1256,
            186 => 1257,
            204 => 1251,
            222 => 874,
            238 => 1250,
            _ => return None,
        };
        Some(Self::of_page(page))
    }

    /// Whether a byte is the first of two.
    pub(super) fn leads(self, byte: u8) -> bool {
        let Charset::Page(page) = self else { return false };
        if page == page::SHIFT_JIS {
            return matches!(byte, 0x81..=0x9F | 0xE0..=0xFC);
        }
        [page::GBK, page::GB18030, page::BIG5, page::EUC_KR].contains(&page) && matches!(byte, 0x81..=0xFE)
    }

    /// The text of bytes; what is none becomes the character for that.
    pub(super) fn text(self, bytes: &[u8]) -> String {
        match self {
            Charset::Page(page) => page.decode_without_bom_handling(bytes).0.into_owned(),
            Charset::Signs => {
                bytes.iter().map(|&byte| crate::extract::flow::wingding(0xF000 | u16::from(byte))).collect()
            }
            Charset::OtherSigns => bytes.iter().filter_map(|&byte| char::from_u32(0xF000 | u32::from(byte))).collect(),
        }
    }
}
