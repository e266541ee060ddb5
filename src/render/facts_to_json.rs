//! What was read of reports to JSON.
