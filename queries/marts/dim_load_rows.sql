-- purpose: How many rows that hold each load brought, by municipality and month.
-- grain:   load_id, table_name, municipality_code, month_on
-- reads:   stg_visits, stg_engagements, stg_enrollments, stg_supports
-- params:  none
-- columns:
--   load_id            integer  the load
--   table_name         varchar  input table of the contract
--   municipality_code  varchar  5-digit JIS X 0402 code
--   month_on           date     first day of the month of arrival, engagement, start or support
--   row_count          bigint   rows that hold

with

dated as (

    select load_id, 'visits' as table_name, municipality_code, arrived_on as happened_on from stg_visits
    union all
    select load_id, 'engagements' as table_name, municipality_code, engaged_on as happened_on from stg_engagements
    union all
    select load_id, 'enrollments' as table_name, municipality_code, started_on as happened_on from stg_enrollments
    union all
    select load_id, 'supports' as table_name, municipality_code, supported_on as happened_on from stg_supports

)

select
    load_id,
    table_name,
    municipality_code,
    cast(date_trunc('month', happened_on) as date) as month_on,
    count(*) as row_count
from dated
group by load_id, table_name, municipality_code, cast(date_trunc('month', happened_on) as date)
