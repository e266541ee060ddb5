//! Rule text to syntax. The one file that knows pest; it never fails.
