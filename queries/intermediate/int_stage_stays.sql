-- purpose: How long people stay in a stage before they leave it, or are last watched in it, in each region on its last day.
-- grain:   place_no, stage, days
-- reads:   int_municipality_spells, int_regional_spells, int_cohort_days
-- params:  none
-- columns:
--   place_no  bigint   region and day, as in int_cohort_days
--   stage     varchar  settled, dual, related, loyal, tourist, routine, interest, dormant
--   days      integer  in the stage
--   ended     bigint   stays that ended after so many days
--   watched   bigint   stays still going on when last seen

with

spells as (

    select
        'municipality' as region_level,
        municipality_code as region_code,
        person_key,
        stage,
        valid_from,
        valid_to
    from int_municipality_spells

    union all

    select
        region_level,
        region_code,
        person_key,
        stage,
        valid_from,
        valid_to
    from int_regional_spells

),

followed as (

    -- Nobody goes from a stage to none: where no stage follows, the member's log ended, not the stay.
    select
        region_level,
        region_code,
        stage,
        valid_from,
        valid_to,
        coalesce(
            valid_to = lead(valid_from) over (
                partition by region_level, region_code, person_key
                order by valid_from
            ),
            false
        ) as is_left
    from spells

),

stays as (

    select
        days.place_no,
        followed.stage,
        followed.is_left and followed.valid_to <= days.as_of as is_left,
        date_diff('day', followed.valid_from, least(coalesce(followed.valid_to, days.as_of), days.as_of)) as days
    from followed
    inner join int_cohort_days as days
        on
            followed.region_level = days.region_level
            and followed.region_code = days.region_code
            and followed.valid_from <= days.as_of
    where days.is_last

)

select
    place_no,
    stage,
    cast(days as integer) as days,
    count(case when is_left then 1 end) as ended,
    count(case when not is_left then 1 end) as watched
from stays
group by place_no, stage, days
