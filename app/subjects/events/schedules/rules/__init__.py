"""Pure decisions: what a candidate date brings with it, the load of the weeks, dates that fit."""
