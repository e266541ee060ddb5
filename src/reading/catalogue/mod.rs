//! Every word that a user may ask about, with its explanation: checks, what may be wrong with a rule file, keywords, the
//! words of formulas, packs.

mod checks;
pub mod directory;
mod faults;
mod keywords;
mod packs;
mod words;

/// What kind of thing an entry explains.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Group {
    /// A check on reports.
    Check,
    /// What may be wrong with a rule file, and findings that no check makes.
    Fault,
    /// A keyword.
    Keyword,
    /// What 逐项 goes through.
    Context,
    /// A field of formulas.
    Field,
    /// A function, sign or joining word of formulas.
    Word,
    /// A built-in pack.
    Pack,
}

impl Group {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Group; 7] = [
        Group::Check,
        Group::Fault,
        Group::Keyword,
        Group::Context,
        Group::Field,
        Group::Word,
        Group::Pack,
    ];

    /// What it is called over its list.
    pub fn title(self) -> &'static str {
        match self {
            Group::Check => "检查：报告里查什么",
            Group::Fault => "规则文件和运行中的问题",
            Group::Keyword => "关键词：规则文件每一行开头的词",
            Group::Context => "逐项：对什么逐个检查",
            Group::Field => "字段：公式里用的名称",
            Group::Word => "公式里的函数、符号和连词",
            Group::Pack => "规则包：内置的规则",
        }
    }
}

/// One thing that can be explained.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// What kind of thing it is.
    pub group: Group,
    /// What it is called, the usual name first.
    pub names: Vec<String>,
    /// One sentence for the list.
    pub brief: String,
    /// What kind of thing it is and what it is for, in lines.
    pub text: String,
}

impl Entry {
    /// Whether it goes by this name.
    fn is_called(&self, name: &str) -> bool {
        self.names.iter().any(|known| plain(known) == plain(name))
    }
}

/// Everything that can be explained, group by group.
pub fn entries() -> Vec<Entry> {
    let mut all = checks::entries();
    all.extend(faults::entries());
    all.extend(keywords::entries());
    all.extend(words::entries());
    all.extend(packs::entries());
    all
}

/// The entries of that name: 分值 is a keyword and a field.
pub fn named(name: &str) -> Vec<Entry> {
    let mut all = entries();
    all.retain(|entry| entry.is_called(name));
    all
}

/// What a check looks for, in a sentence, by its id or name; nothing where the list does not know it.
pub fn about(check: &str) -> String {
    faults::known()
        .find(|entry| entry.id == check || entry.title == check)
        .map_or(String::new(), |entry| entry.about.to_owned())
}

/// A name as it is compared: brackets of a document number are typed in many ways, keywords with their colon.
fn plain(name: &str) -> String {
    let bare = name.trim().trim_end_matches(['：', ':']);
    let bare = bare.trim_matches(['“', '”', '"', '《', '》']);
    let bare = bare.strip_suffix(".jx").unwrap_or(bare);
    bare.chars()
        .filter(|sign| !sign.is_whitespace())
        .map(|sign| match sign {
            '〔' | '［' | '(' | '（' => '[',
            '〕' | '］' | ')' | '）' => ']',
            '／' => '/',
            other => other,
        })
        .collect()
}

/// What a field or a word of formulas is, in a sentence; nothing where it is none.
pub fn brief(name: &str) -> &'static str {
    words::brief(name)
}

/// The id and Chinese name of every check on reports.
pub fn checks_known() -> impl Iterator<Item = (&'static str, &'static str)> {
    let known = faults::known().filter(|known| !faults::is_of_the_program(known.id));
    known.map(|known| (known.id, known.title))
}
