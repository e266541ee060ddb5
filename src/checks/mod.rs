//! The list of checks that only code can make; each is one file with its documentation and its page of cases.
