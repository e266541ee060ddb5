//! Text to what stands between the tags of a page or of a document.

/// Text with what would be taken for mark-up written otherwise; signs that HTML and XML cannot hold are left out.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(sign),
            '\u{0}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}' => {}
            sign => out.push(sign),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_mark_up_cannot_hold_is_left_out() {
        assert_eq!(
            escaped("a<b & \"c\"\u{1}\u{85}\u{FFFE}\r\n𠮷"),
            "a&lt;b &amp; &quot;c&quot;\n𠮷"
        );
    }
}
