-- purpose: The visits of one municipality, as published and exported.
-- grain:   person_key, arrived_on
-- reads:   int_visits
-- params:
--   $region_code  varchar  5-digit code of the municipality
-- columns:
--   person_key              bigint   keyed hash
--   municipality_code       varchar  5-digit JIS X 0402 code
--   arrived_on              date     first day
--   departed_on             date     last day
--   nights                  bigint   distinct nights
--   spend_yen               bigint   exact amounts
--   spend_low               bigint   lower bound
--   spend_high              bigint   upper bound
--   purpose                 varchar  as contract.PURPOSES
--   program_id              varchar  programme
--   organization_id         varchar  company
--   home_municipality_code  varchar  where the person lived
--   counted                 boolean  whether it enters the signals
--   left_out_because        varchar  resident, purpose
--   load_id                 integer  of its first record
--   file_no                 integer  of its first record
--   line                    integer  of its first record
--   records                 bigint   records joined

select
    person_key,
    municipality_code,
    arrived_on,
    departed_on,
    nights,
    spend_yen,
    spend_low,
    spend_high,
    purpose,
    program_id,
    organization_id,
    home_municipality_code,
    counted,
    left_out_because,
    load_id,
    file_no,
    line,
    records
from int_visits
where municipality_code = $region_code
order by person_key, arrived_on
