-- purpose: Records joined into visits (trips), and which of them count. Contract section 2.
-- grain:   municipality_code, person_key, arrived_on
-- reads:   stg_visits, stg_homes
-- params:  none
-- slots:   excluded_purposes
-- columns:
--   person_key              bigint   keyed hash
--   municipality_code       varchar  5-digit JIS X 0402 code
--   arrived_on              date     earliest day of its records
--   departed_on             date     latest day of its records
--   nights                  bigint   distinct nights its records cover
--   spend_yen               bigint   sum of the exact amounts; null where there is none
--   spend_low               bigint   sum of the lower bounds
--   spend_high              bigint   sum of the upper bounds; null where one is open
--   purpose                 varchar  of the earliest record that has one
--   program_id              varchar  of the earliest record that has one
--   organization_id         varchar  of the earliest record that has one
--   home_municipality_code  varchar  of the earliest record that has one, else the person's home that day
--   counted                 boolean  whether it enters the signals
--   left_out_because        varchar  resident, purpose; null where it counts
--   load_id                 integer  of its first record
--   file_no                 integer  of its first record
--   line                    integer  of its first record
--   records                 bigint   records joined

with

neighbours as (

    select
        person_key,
        municipality_code,
        arrived_on,
        departed_on,
        purpose,
        spend_yen,
        spend_low,
        spend_high,
        home_municipality_code,
        program_id,
        organization_id,
        load_id,
        file_no,
        line,
        row_number() over (
            partition by person_key, municipality_code
            order by arrived_on, input_order
        ) as record_no,
        max(departed_on) over (
            partition by person_key, municipality_code
            order by arrived_on, input_order
            rows between unbounded preceding and 1 preceding
        ) as departed_before,
        lead(arrived_on) over (
            partition by person_key, municipality_code
            order by arrived_on, input_order
        ) as arrives_next
    from stg_visits

),

edges as (

    select
        person_key,
        municipality_code,
        arrived_on,
        departed_on,
        purpose,
        spend_yen,
        spend_low,
        spend_high,
        home_municipality_code,
        program_id,
        organization_id,
        load_id,
        file_no,
        line,
        record_no,
        departed_before is null or arrived_on > departed_before + 1 as is_first,
        arrives_next is null or arrives_next > greatest(departed_on, departed_before) + 1 as is_last,
        -- Nights not yet covered by an earlier record of the visit.
        greatest(date_diff('day', greatest(arrived_on, departed_before), departed_on), 0) as new_nights
    from neighbours

),

-- Most visits are one record: only the others are numbered and grouped.
numbered as (

    select
        person_key,
        municipality_code,
        arrived_on,
        departed_on,
        purpose,
        spend_yen,
        spend_low,
        spend_high,
        home_municipality_code,
        program_id,
        organization_id,
        load_id,
        file_no,
        line,
        record_no,
        new_nights,
        sum(case when is_first then 1 else 0 end) over (
            partition by person_key, municipality_code
            order by record_no
            rows between unbounded preceding and current row
        ) as visit_no
    from edges
    where not (is_first and is_last)

),

joined as (

    select
        person_key,
        municipality_code,
        min(arrived_on) as arrived_on,
        max(departed_on) as departed_on,
        cast(sum(new_nights) as bigint) as nights,
        cast(sum(spend_yen) as bigint) as spend_yen,
        cast(sum(spend_low) as bigint) as spend_low,
        case
            when count(case when spend_low is not null and spend_high is null then 1 end) = 0
                then cast(sum(spend_high) as bigint)
        end as spend_high,
        arg_min(purpose, record_no) filter (where purpose is not null) as purpose,
        arg_min(program_id, record_no) filter (where program_id is not null) as program_id,
        arg_min(organization_id, record_no) filter (where organization_id is not null) as organization_id,
        arg_min(home_municipality_code, record_no) filter (where home_municipality_code is not null)
            as home_municipality_code,
        arg_min(load_id, record_no) as load_id,
        arg_min(file_no, record_no) as file_no,
        arg_min(line, record_no) as line,
        count(*) as records
    from numbered
    group by person_key, municipality_code, visit_no

    union all

    select
        person_key,
        municipality_code,
        arrived_on,
        departed_on,
        cast(new_nights as bigint) as nights,
        spend_yen,
        spend_low,
        spend_high,
        purpose,
        program_id,
        organization_id,
        home_municipality_code,
        load_id,
        file_no,
        line,
        cast(1 as bigint) as records
    from edges
    where is_first and is_last

),

housed as (

    select
        joined.person_key,
        joined.municipality_code,
        joined.arrived_on,
        joined.departed_on,
        joined.nights,
        joined.spend_yen,
        joined.spend_low,
        joined.spend_high,
        joined.purpose,
        joined.program_id,
        joined.organization_id,
        joined.load_id,
        joined.file_no,
        joined.line,
        joined.records,
        coalesce(joined.home_municipality_code, homes.home_municipality_code) as home_municipality_code
    from joined
    left join stg_homes as homes
        on
            joined.home_municipality_code is null
            and joined.person_key = homes.person_key
            and joined.arrived_on >= homes.home_from
            and (homes.home_to is null or joined.arrived_on < homes.home_to)

),

judged as (

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
        load_id,
        file_no,
        line,
        records,
        home_municipality_code,
        case
            when home_municipality_code = municipality_code then 'resident'
            when purpose in ({{excluded_purposes}}) then 'purpose'
        end as left_out_because
    from housed

)

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
    left_out_because is null as counted,
    left_out_because,
    load_id,
    file_no,
    line,
    records
from judged
