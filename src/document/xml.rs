//! A part of an Office file to its elements and texts: no entities of its own making, no endless depth, one namespace
//! by its plain names.

use quick_xml::events::{BytesStart, Event as Read};
use quick_xml::{Reader, escape};
use std::borrow::Cow;

/// Elements that stand deeper than this are no document's.
const DEEPEST: usize = 256;

/// What stands next in a part.
pub(super) enum Event<'x> {
    /// An element begins; every one of them is closed.
    Open(Tag<'x>),
    /// The innermost open element ends.
    Close,
    /// Text, with entities resolved.
    Text(Cow<'x, str>),
    /// The part ends.
    End,
}

/// The beginning of an element.
pub(super) struct Tag<'x> {
    start: BytesStart<'x>,
    /// The bytes of the prefix of the part's own namespace, where the element is of it.
    own: usize,
}

/// A part that is being read.
pub(super) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    depth: usize,
    /// `w:` or nothing: what the names of the part's own namespace begin with, once the first element told.
    prefix: Option<String>,
    /// A word of the name of the part's own namespace.
    namespace: &'static str,
    /// Where what was read last begins.
    begin: usize,
}

impl<'x> Xml<'x> {
    /// Begins a part whose own elements are of a namespace with that word in its name (`wordprocessingml`, strict or
    /// not).
    pub(super) fn new(text: &'x str, namespace: &'static str) -> Xml<'x> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Xml {
            reader,
            depth: 0,
            prefix: None,
            namespace,
            begin: 0,
        }
    }

    /// What stands next.
    pub(super) fn next(&mut self) -> Result<Event<'x>, String> {
        loop {
            self.begin = self.end();
            return Ok(match self.reader.read_event().map_err(|_| damaged())? {
                Read::Start(start) | Read::Empty(start) => self.open(start)?,
                Read::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Event::Close
                }
                Read::Text(text) => Event::Text(text.xml10_content()),
                Read::CData(text) => Event::Text(text.xml10_content()),
                Read::GeneralRef(entity) => match entity.resolve_char_ref() {
                    Ok(Some(c)) => Event::Text(Cow::Owned(c.to_string())),
                    _ => match escape::resolve_predefined_entity(&entity) {
                        Some(text) => Event::Text(Cow::Borrowed(text)),
                        None => continue,
                    },
                },
                Read::DocType(_) => return Err(foreign()),
                Read::Comment(_) | Read::Decl(_) | Read::PI(_) => continue,
                Read::Eof if self.depth > 0 => return Err(damaged()),
                Read::Eof => Event::End,
            });
        }
    }

    /// The byte at which what was read last begins.
    pub(super) fn begin(&self) -> usize {
        self.begin
    }

    /// The byte behind what was read last. An element that closes itself ends where it begins.
    pub(super) fn end(&self) -> usize {
        self.reader.buffer_position() as usize
    }

    fn open(&mut self, start: BytesStart<'x>) -> Result<Event<'x>, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(too_deep());
        }
        let prefix = match &self.prefix {
            Some(prefix) => prefix,
            None => self.prefix.insert(prefix_of(&start, self.namespace)),
        };
        let own = start.name().into_inner().starts_with(prefix.as_str());
        let own = if own { prefix.len() } else { 0 };
        Ok(Event::Open(Tag { start, own }))
    }

    /// Passes over the rest of the element that was opened last.
    pub(super) fn skip(&mut self) -> Result<(), String> {
        let mut open = 1;
        while open > 0 {
            match self.next()? {
                Event::Open(_) => open += 1,
                Event::Close => open -= 1,
                Event::Text(_) => {}
                Event::End => return Err(damaged()),
            }
        }
        Ok(())
    }

    /// Shows what stands in the element that was opened last, each element by its beginning; what stands in one of
    /// which `see` says no is passed over.
    pub(super) fn properties(&mut self, mut see: impl FnMut(&Tag) -> bool) -> Result<(), String> {
        let mut open = 1;
        while open > 0 {
            match self.next()? {
                Event::Open(tag) => match see(&tag) {
                    true => open += 1,
                    false => self.skip()?,
                },
                Event::Close => open -= 1,
                Event::Text(_) => {}
                Event::End => break,
            }
        }
        Ok(())
    }

    /// The text of the element that was opened last.
    pub(super) fn text(&mut self, into: &mut String) -> Result<(), String> {
        let mut open = 1;
        while open > 0 {
            match self.next()? {
                Event::Open(_) => open += 1,
                Event::Close => open -= 1,
                Event::Text(text) => into.push_str(&text),
                Event::End => return Err(damaged()),
            }
        }
        Ok(())
    }
}

/// `w:` where the element binds w to the namespace.
fn prefix_of(start: &BytesStart, namespace: &str) -> String {
    let mut attributes = start.attributes();
    // Looking for attributes that stand twice would take the square of their number.
    attributes.with_checks(false);
    let bound = attributes.flatten().find_map(|attribute| {
        let name = attribute.key.into_inner().strip_prefix("xmlns")?;
        let uri = &attribute.value;
        let own = uri.contains(namespace) && (uri.ends_with("/main") || uri.ends_with("/relationships"));
        own.then(|| match name {
            "" => String::new(),
            name => format!("{}:", name.trim_start_matches(':')),
        })
    });
    bound.unwrap_or_default()
}

impl Tag<'_> {
    /// The name; those of other namespaces keep their prefix.
    pub(super) fn name(&self) -> &str {
        &self.start.name().into_inner()[self.own..]
    }

    /// An attribute by its name without a prefix.
    pub(super) fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut attributes = self.start.attributes();
        attributes.with_checks(false);
        let found = attributes
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)?;
        let resolved = match found.value.contains('&') {
            true => escape::unescape(&found.value).ok().map(Cow::into_owned),
            false => None,
        };
        Some(resolved.map_or(found.value, Cow::Owned))
    }

    /// An attribute that is a whole number.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.get(name)?.trim().parse().ok()
    }

    /// The attribute `val`.
    pub(super) fn val(&self) -> Option<Cow<'_, str>> {
        self.get("val")
    }

    /// Whether an element that only says yes (`<w:vanish/>`) does so.
    pub(super) fn is_on(&self) -> bool {
        !self
            .val()
            .is_some_and(|val| matches!(val.as_ref(), "0" | "false" | "off" | "none"))
    }
}

fn damaged() -> String {
    "文件已损坏或没有保存完整，读不下去。请用 Word、Excel 或 WPS 打开，修复后重新保存再核对。".into()
}

fn foreign() -> String {
    "文件里有外部实体声明，正常的文档不会有，为安全起见没有读。请用 Word、Excel 或 WPS 打开后另存一份再核对。"
        .into()
}

fn too_deep() -> String {
    "文件内部嵌套太深，不像是正常的文档，没有读。请用 Word、Excel 或 WPS 打开后另存一份再核对。".into()
}
