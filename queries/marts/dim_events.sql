-- purpose: Marks on time charts: a campaign, a typhoon, a new route.
-- grain:   event_no
-- reads:   raw_events
-- params:  none
-- columns:
--   event_no           bigint   order of reading
--   municipality_code  varchar  null: everywhere
--   starts_on          date     first day
--   ends_on            date     last day; null for a single day
--   label_ja           varchar  what happened
--   label_en           varchar  what happened

select
    min(input_order) as event_no,
    municipality_code,
    starts_on,
    ends_on,
    label_ja,
    label_en
from raw_events
group by municipality_code, starts_on, ends_on, label_ja, label_en
