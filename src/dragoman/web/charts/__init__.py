"""Charts as SVG: pure functions from data to markup, all text in them escaped, no styles inline."""
