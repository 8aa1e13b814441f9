-- purpose: The days for which figures were computed.
-- grain:   as_of
-- reads:   ask_previous
-- params:  none
-- columns:
--   as_of              date  month ends, or the last day of a log shorter than a month
--   previous_on        date  the day a year before
--   previous_reach_on  date  reach_on of the rows of the marts to compare with

select
    as_of,
    previous_on,
    previous_reach_on
from ask_previous
