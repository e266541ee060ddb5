//! The list of checks that only code can make; each is one file with its documentation and its page of cases.

/// The documentation of a check, by its id.
pub fn explain(_id: &str) -> Option<String> {
    None
}
