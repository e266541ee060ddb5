//! Expressions to values over an environment, three-valued, with every number that took part.
