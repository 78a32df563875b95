//! The manual of a check: the lines `//!` at the beginning of its file. One source serves rustdoc, `faju checks` and the docs.

/// The headings of a manual, in order.
pub const HEADINGS: [&str; 5] = ["检查什么", "依据", "应报", "不应报", "例外"];

/// The manual of a check, cut by its headings (手册).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Manual {
    /// The line above the headings.
    pub summary: String,
    /// Heading and lines below it.
    pub sections: Vec<(String, Vec<String>)>,
}

impl Manual {
    /// Reads the lines `//!` of a source file.
    pub fn read(source: &str) -> Manual {
        let mut manual = Manual::default();
        for line in source.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim) {
            match (line.strip_prefix("# "), manual.sections.last_mut()) {
                (Some(heading), _) => manual.sections.push((heading.to_string(), Vec::new())),
                (None, _) if line.is_empty() => {}
                (None, Some((_, lines))) => lines.push(line.to_string()),
                (None, None) => manual.summary.push_str(line),
            }
        }
        manual
    }

    /// The lines below a heading.
    pub fn lines(&self, heading: &str) -> &[String] {
        self.sections.iter().find(|(name, _)| name == heading).map_or(&[], |(_, lines)| lines.as_slice())
    }

    /// The examples below a heading: what stands in backquotes, one a line. `⏎` stands for a line break.
    pub fn examples(&self, heading: &str) -> Vec<String> {
        let inside = |line: &String| {
            let (_, rest) = line.split_once('`')?;
            rest.rsplit_once('`').map(|(words, _)| words.replace('⏎', "\n"))
        };
        self.lines(heading).iter().filter_map(inside).collect()
    }

    /// The whole text, as it stands.
    pub fn text(&self) -> String {
        let section = |(name, lines): &(String, Vec<String>)| format!("\n{name}\n{}\n", lines.join("\n"));
        format!("{}\n{}", self.summary, self.sections.iter().map(section).collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_a_source_are_cut_by_headings() {
        let manual = Manual::read("//! 云。\n//!\n//! # 应报\n//!\n//! - `甲⏎乙`\n\nuse x;\n//! 不是");
        assert_eq!(manual.summary, "云。");
        assert_eq!(manual.examples("应报"), vec!["甲\n乙"]);
        assert!(manual.lines("例外").is_empty());
    }
}
