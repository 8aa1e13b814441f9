-- purpose: After how many days half of the people who entered a stage have left it, on the last day of each region.
-- grain:   region_level, region_code, as_of, stage
-- reads:   int_stage_stays, int_cohort_days
-- params:  none
-- columns:
--   region_level   varchar  municipality, prefecture, nation, group
--   region_code    varchar  5 digits, 2 digits, JP, id of the group
--   as_of          date     last day that is looked at
--   reach_on       date     as_of
--   stage          varchar  settled, dual, related, loyal, tourist, routine, interest, dormant
--   stays          bigint   times somebody entered the stage
--   ended          bigint   of these, over by the day
--   half_life      integer  days by which half have left it (Kaplan-Meier); null where half have not

with

counted as (

    select
        place_no,
        stage,
        days,
        ended,
        watched,
        sum(ended + watched) over (
            partition by place_no, stage
            order by days desc
            rows between unbounded preceding and current row
        ) as at_risk
    from int_stage_stays

),

survived as (

    select
        place_no,
        stage,
        days,
        ended,
        watched,
        case
            when bool_or(ended = at_risk) over until_now then 0
            else
                exp(
                    sum(case when ended < at_risk then ln(1 - ended / cast(at_risk as double)) else 0 end)
                        over until_now
                )
        end as survival
    from counted
    window until_now as (
        partition by place_no, stage
        order by days
        rows between unbounded preceding and current row
    )

)

select
    places.region_level,
    places.region_code,
    places.as_of,
    places.as_of as reach_on,
    survived.stage,
    cast(sum(survived.ended + survived.watched) as bigint) as stays,
    cast(sum(survived.ended) as bigint) as ended,
    min(case when survived.survival <= 0.5 + 1e-12 then survived.days end) as half_life
from survived
inner join int_cohort_days as places
    on survived.place_no = places.place_no
group by places.region_level, places.region_code, places.as_of, survived.stage
