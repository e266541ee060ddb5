//! Names and aliases that cannot be told apart.

use super::draft::Draft;
use super::faults;
use crate::expr::fields::FIELDS;
use crate::finding::Finding;

/// Tells an alias of two names, an alias that is another's name, and a name that is a field's.
pub fn clashes(draft: &mut Draft) {
    let names = &draft.model.names;
    let mut findings: Vec<Finding> = Vec::new();
    for (at, name) in names.iter().enumerate() {
        for alias in &name.aliases {
            for other in &names[..at] {
                if other.aliases.contains(alias) {
                    let message = format!("别名“{alias}”同时是“{}”和“{}”的别名。", other.name, name.name);
                    findings.push(clash(message, name.span).and(
                        other.span,
                        "",
                        format!("“{}”写在这里", other.name),
                    ));
                }
            }
            for other in names
                .iter()
                .filter(|other| other.name == *alias && other.name != name.name)
            {
                let message = format!("“{}”的别名“{alias}”是另一项的名称。", name.name);
                findings.push(clash(message, name.span).and(other.span, "", format!("“{alias}”写在这里")));
            }
        }
        if FIELDS.iter().any(|(_, field, _)| *field == name.name) {
            let message = format!("“{}”是程序自己的字段，不能再作名称。", name.name);
            findings.push(
                faults::error("rule-alias-clash", message, name.span)
                    .help("换一个名称，把原来的叫法写成别名。"),
            );
        }
    }
    draft.findings.append(&mut findings);
}

fn clash(message: String, span: crate::source::Span) -> Finding {
    faults::error("rule-alias-clash", message, span)
        .help("一个叫法只归一个名称，否则报告里的数不知道算谁的；删去其中一处。")
}
