-- purpose: Events to mark on a region's time charts, up to one day.
-- grain:   none
-- reads:   dim_events
-- params:
--   $region_code  varchar  code at any level
--   $as_of        date     last day shown
-- columns:
--   starts_on  date     first day of the event
--   label_ja   varchar  name in Japanese
--   label_en   varchar  name in English

select
    starts_on,
    coalesce(label_ja, label_en, '') as label_ja,
    coalesce(label_en, label_ja, '') as label_en
from dim_events
where
    starts_on <= $as_of
    and (municipality_code is null or municipality_code = '' or municipality_code = $region_code)
order by starts_on
