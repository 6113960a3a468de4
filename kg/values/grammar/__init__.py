"""What the grammars of all value types share: tokens, numerals, intervals, refusals."""
