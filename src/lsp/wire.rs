//! Standard input to messages and messages to standard output, framed as the protocol has it. What cannot be read costs
//! only itself: `lsp_server::Connection::stdio` ends at the first such message, and waits with writing until it is read,
//! so that an editor that writes much before it reads anything stands still together with the server.

use super::uri;
use crossbeam_channel::{Receiver, Sender, unbounded};
use lsp_server::{ErrorCode, Message};
use serde_json::{Value, json};
use std::io::{self, BufRead, Read, Write};
use std::thread::{self, JoinHandle};

/// What came from the editor.
pub enum Heard {
    /// A message.
    Message(Message),
    /// What was no message, and the answer that it gets.
    Unread(Said),
}

/// What goes to the editor.
pub enum Said {
    /// A message.
    Message(Message),
    /// An error about something that was not read; its id may be none, which a message's cannot.
    Refused(Value),
}

impl<M: Into<Message>> From<M> for Said {
    fn from(message: M) -> Said {
        Said::Message(message.into())
    }
}

/// Both directions.
pub struct Wire {
    /// From the editor; nothing more comes where it has left.
    pub heard: Receiver<Heard>,
    /// To the editor. It never waits.
    pub sender: Sender<Said>,
    /// Ends when nobody can send any more, and all is written.
    pub writer: JoinHandle<io::Result<()>>,
}

/// A line before a message is no longer than this.
const LINE: u64 = 8 << 10;
/// No editor sends a longer message: what says so is broken.
const LONGEST: u64 = 1 << 30;

/// Opens standard input and output.
pub fn open() -> Wire {
    let (to_server, heard) = unbounded();
    let (sender, to_editor) = unbounded::<Said>();
    thread::spawn(move || {
        let mut input = io::stdin().lock();
        while let Ok(Some(message)) = next(&mut input) {
            if to_server.send(message).is_err() {
                break;
            }
        }
    });
    let writer = thread::spawn(move || {
        let mut output = io::stdout().lock();
        to_editor.into_iter().try_for_each(|said| match said {
            Said::Message(message) => message.write(&mut output),
            Said::Refused(answer) => {
                let text = answer.to_string();
                write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
                output.flush()
            }
        })
    });
    Wire {
        heard,
        sender,
        writer,
    }
}

/// The next message; nothing at the end.
fn next(input: &mut impl BufRead) -> io::Result<Option<Heard>> {
    let Some(length) = length(input)? else {
        return Ok(None);
    };
    let mut body = Vec::new();
    input.take(length).read_to_end(&mut body)?;
    if (body.len() as u64) < length {
        return Ok(None);
    }
    Ok(Some(message(&body)))
}

/// The length of the message that follows. Lines that say nothing of it are passed over, so that the next message is
/// found behind one whose length was wrong.
fn length(input: &mut impl BufRead) -> io::Result<Option<u64>> {
    const NAME: &str = "content-length:";
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.take(LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line).to_ascii_lowercase();
        if let Some(at) = line.rfind(NAME) {
            length = line[at + NAME.len()..].trim().parse().ok();
        }
        if line.trim().is_empty() && length.is_some_and(|length| length <= LONGEST) {
            return Ok(length);
        }
    }
}

const UNKNOWN: &str = "这条消息不合协议的格式，没有读懂。";

fn message(body: &[u8]) -> Heard {
    let (id, code, words) = match serde_json::from_slice::<Value>(body) {
        Err(_) => (
            Value::Null,
            ErrorCode::ParseError,
            "这条消息不是 JSON，没有读懂。",
        ),
        Ok(mut value) => {
            tidy(&mut value);
            let id = value.get("id").cloned().unwrap_or_default();
            match serde_json::from_value(value) {
                // a question whose number is none of lsp-server's would be taken for a note, and never answered
                Ok(Message::Notification(_)) if !id.is_null() => (id, ErrorCode::InvalidRequest, UNKNOWN),
                Ok(message) => return Heard::Message(message),
                Err(_) => (id, ErrorCode::InvalidRequest, UNKNOWN),
            }
        }
    };
    let error = json!({"code": code as i32, "message": words});
    Heard::Unread(Said::Refused(json!({"jsonrpc": "2.0", "id": id, "error": error})))
}

/// Some editors write the names of files in addresses as they are, which is no address to lsp-types, and the text would
/// never be opened.
fn tidy(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(address) if name == "uri" || name == "rootUri" => {
                        *address = uri::tidied(address);
                    }
                    _ => tidy(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(tidy),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_found_behind_one_that_was_broken() {
        let good = "{\"jsonrpc\":\"2.0\",\"method\":\"initialized\"}";
        let text = format!(
            "nonsense\r\n\r\nContent-Length: 9999999999999\r\n\r\nContent-Length: 3\r\n\r\n{{a}}\
             Content-Length: 2\r\n\r\n{{\"id\":4294967296}}content-length: {}\r\nContent-Type: x\r\n\r\n{good}",
            good.len()
        );
        let mut input = text.as_bytes();
        let mut seen = Vec::new();
        while let Some(heard) = next(&mut input).expect("bytes") {
            seen.push(matches!(heard, Heard::Message(Message::Notification(_))));
        }
        assert_eq!(seen, [false, false, true]);
    }

    #[test]
    fn what_is_refused_keeps_its_number() {
        let Heard::Unread(Said::Refused(answer)) = message(b"{\"id\":4294967296,\"method\":\"a\"}") else {
            unreachable!("the number is none of a message");
        };
        assert_eq!(answer["id"], json!(4_294_967_296u64));
    }
}
