-- purpose: The days asked about, and the days each is compared with.
-- grain:   as_of, reach_on
-- reads:   ask_days
-- params:  none
-- columns:
--   as_of        date  the day
--   reach_on     date  only members whose horizon reaches this day are used
--   year_ago     date  as_of - 365 days
--   month_ago    date  the month end before
--   w365_from    date  first day of the 365 that end on as_of
--   month_from   date  first day of its month
--   fy_from      date  first day of its fiscal year, 1 April
--   cy_from      date  first day of its calendar year

select
    as_of,
    reach_on,
    as_of - 365 as year_ago,
    cast(date_trunc('month', as_of) as date) - 1 as month_ago,
    as_of - 364 as w365_from,
    cast(date_trunc('month', as_of) as date) as month_from,
    case
        when month(as_of) >= 4 then make_date(year(as_of), 4, 1)
        else make_date(year(as_of) - 1, 4, 1)
    end as fy_from,
    make_date(year(as_of), 1, 1) as cy_from
from ask_days
