-- purpose: Since when a municipality delivers a kind of record: before that, none is unknown and not zero.
-- grain:   municipality_code, record
-- reads:   stg_engagements, stg_enrollments, int_visits
-- params:  none
-- columns:
--   municipality_code  varchar  5-digit JIS X 0402 code
--   record             varchar  engagements, companies, furusato, relocation, employment
--   first_on           date     day of the first such record

with

delivered as (

    select municipality_code, 'engagements' as record, engaged_on as happened_on
    from stg_engagements

    union all

    select municipality_code, 'companies' as record, arrived_on as happened_on
    from int_visits
    where counted and organization_id is not null

    union all

    select
        municipality_code,
        case scheme
            when 'relocation' then 'relocation'
            when 'local_employment' then 'employment'
            else 'furusato'
        end as record,
        started_on as happened_on
    from stg_enrollments
    where scheme in ('relocation', 'local_employment', 'furusato_basic', 'furusato_premium')

)

select
    municipality_code,
    record,
    min(happened_on) as first_on
from delivered
group by municipality_code, record
