//! Fields (域): their instructions are no text, their results are.

use super::number_format::NumberFormat;

/// Fields inside each other that are followed; what lies deeper is text.
const DEPTH_MAX: usize = 64;
/// Bytes of an instruction that are kept.
const INSTRUCTION_BYTES_MAX: usize = 200;

/// An open field.
#[derive(Default)]
struct Field {
    has_result: bool,
    instruction: String,
    /// State of a check box.
    is_checked: bool,
}

/// The open fields.
#[derive(Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    /// How many of them are still at their instruction.
    instructing: usize,
}

/// What a field shows that ends without a result.
pub(super) enum Shown {
    /// Nothing, and nothing is missing.
    Nothing,
    /// This.
    Text(String),
    /// Something that is not known.
    Unknown,
}

impl Fields {
    /// Begins a field.
    pub(super) fn begin(&mut self) {
        if self.open.len() < DEPTH_MAX {
            self.open.push(Field::default());
            self.instructing += 1;
        }
    }

    /// Goes from the instruction of the innermost field to its result.
    pub(super) fn separate(&mut self) {
        if let Some(field) = self.open.last_mut().filter(|field| !field.has_result) {
            field.has_result = true;
            self.instructing -= 1;
        }
    }

    /// Ends the innermost field.
    pub(super) fn end(&mut self) -> Shown {
        let Some(field) = self.open.pop() else { return Shown::Nothing };
        if field.has_result {
            return Shown::Nothing;
        }
        self.instructing -= 1;
        // What makes a part of another field's instruction is shown by that one.
        if self.instructing > 0 { Shown::Nothing } else { field.shown() }
    }

    /// Whether text that stands here belongs to an instruction.
    pub(super) fn is_instructing(&self) -> bool {
        self.instructing > 0
    }

    /// Takes a piece of an instruction.
    pub(super) fn instruct(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut()
            && field.instruction.len() + text.len() <= INSTRUCTION_BYTES_MAX
        {
            field.instruction.push_str(text);
        }
    }

    /// Takes the state of a check box.
    pub(super) fn check(&mut self, is_checked: bool) {
        if let Some(field) = self.open.last_mut() {
            field.is_checked = is_checked;
        }
    }

    /// Ends the instructions that a paragraph leaves open: a broken field must not swallow the paragraphs behind it.
    pub(super) fn end_paragraph(&mut self) {
        if self.instructing > 0 {
            self.open.iter_mut().for_each(|field| field.has_result = true);
            self.instructing = 0;
        }
    }
}

impl Field {
    fn shown(&self) -> Shown {
        let kind = self.instruction.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
        match kind.as_str() {
            "" | "XE" | "TC" | "TA" | "RD" | "ADVANCE" | "PRIVATE" | "SET" | "ASK" | "NOTEREF" => Shown::Nothing,
            "FORMCHECKBOX" => Shown::Text(if self.is_checked { "☑" } else { "□" }.to_string()),
            "EQ" => enclosed(&self.instruction).map_or(Shown::Unknown, Shown::Text),
            _ => Shown::Unknown,
        }
    }
}

/// A character in a circle (带圈字符), which Word writes as a formula: `EQ \o\ac(○,1)`.
fn enclosed(instruction: &str) -> Option<String> {
    let (switches, arguments) = instruction.split_once('(')?;
    let (frame, sign) = arguments.trim_end().strip_suffix(')')?.split_once([',', '，', ';'])?;
    if !switches.contains("\\o") || frame.trim().chars().count() != 1 {
        return None;
    }
    let sign = sign.trim();
    let number = sign.parse().ok().filter(|number| (1..=50).contains(number));
    match (frame.trim(), number) {
        ("○" | "〇", Some(number)) => Some(NumberFormat::Circled.write(number)),
        _ if sign.contains(['\\', '(', ',']) => None,
        _ => Some(sign.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_in_circles_are_read() {
        assert_eq!(enclosed(r"EQ \o\ac(○,12)").as_deref(), Some("⑫"));
        assert_eq!(enclosed(r"eq \o\ac(□,密)").as_deref(), Some("密"));
        assert_eq!(enclosed(r"EQ \f(1,2)"), None);
        assert_eq!(enclosed(r"EQ \o\ac(○,\s(1))"), None);
    }

    #[test]
    fn unbalanced_fields_do_no_harm() {
        let mut fields = Fields::default();
        assert!(matches!(fields.end(), Shown::Nothing));
        fields.separate();
        (0..1000).for_each(|_| fields.begin());
        assert!(fields.is_instructing());
        fields.end_paragraph();
        assert!(!fields.is_instructing());
        (0..2000).for_each(|_| {
            fields.separate();
            fields.end();
        });
        assert!(!fields.is_instructing());
    }
}
