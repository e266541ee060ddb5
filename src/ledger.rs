//! Each name of the rules beside what the report says of it: an environment for expr.
