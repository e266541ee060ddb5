//! The proof of 情形 agrees with trying every value.
