-- purpose: After how many days people of a cohort reached a stage, settled before they did, or were last watched.
-- grain:   cohort_no, days
-- reads:   int_quarter_times, int_cohort_members
-- params:  none
-- columns:
--   cohort_no          bigint   number of region, day, cohort and entry, as in int_cohort_members
--   days               integer  since the first visit
--   is_marked          boolean  whether curves have a point there, with or without anybody
--   early              bigint   of the watched, people who came in the log's first 365 days
--   watched            bigint   people watched for so many days, if nothing had ended it: as_of - first visit
--   reached_loyal      bigint   people who reached loyal on that day
--   reached_related    bigint   people who reached related on that day
--   reached_dual       bigint   people who reached dual on that day
--   reached_settled    bigint   people who reached settled on that day
--   competed_loyal     bigint   people who settled on that day without having reached loyal
--   competed_related   bigint   people who settled on that day without having reached related
--   competed_dual      bigint   people who settled on that day without having reached dual
--   left_loyal         bigint   people who would be watched for so many days, but reached loyal or settled before
--   left_related       bigint   people who would be watched for so many days, but reached related or settled before
--   left_dual          bigint   people who would be watched for so many days, but reached dual or settled before
--   left_settled       bigint   people who would be watched for so many days, but reached settled or settled before

-- 365 days are a year as everywhere else; m months are 365 m / 12 days, rounded down.

with

marks as (

    select days, is_window
    from (
        values
        (0, false), (30, false), (60, false), (91, true), (121, false), (152, false), (182, true), (212, false),
        (243, false), (273, false), (304, false), (334, false), (365, true), (456, false), (547, false),
        (638, false), (730, true), (821, false), (912, false), (1003, false), (1095, true), (1277, false),
        (1460, false), (1642, false), (1825, false)
    ) as listed (days, is_window)

),

cohorts as (

    select distinct cohort_no, is_detailed
    from int_cohort_members

),

counted as (

    select
        members.cohort_no,
        times.days,
        false as is_marked,
        case when times.is_early then times.watched else 0 end as early,
        times.watched,
        times.reached_loyal,
        times.reached_related,
        times.reached_dual,
        times.reached_settled,
        times.competed_loyal,
        times.competed_related,
        times.competed_dual,
        times.left_loyal,
        times.left_related,
        times.left_dual,
        times.left_settled
    from int_quarter_times as times
    inner join int_cohort_members as members
        on
            times.place_no = members.place_no
            and times.quarter_from = members.quarter_from
            and times.is_early = members.is_early

    union all

    select
        cohorts.cohort_no,
        marks.days,
        true as is_marked,
        0 as early,
        0 as watched,
        0 as reached_loyal,
        0 as reached_related,
        0 as reached_dual,
        0 as reached_settled,
        0 as competed_loyal,
        0 as competed_related,
        0 as competed_dual,
        0 as left_loyal,
        0 as left_related,
        0 as left_dual,
        0 as left_settled
    from cohorts
    inner join marks
        on cohorts.is_detailed or marks.is_window

)

select
    cohort_no,
    days,
    bool_or(is_marked) as is_marked,
    cast(sum(early) as bigint) as early,
    cast(sum(watched) as bigint) as watched,
    cast(sum(reached_loyal) as bigint) as reached_loyal,
    cast(sum(reached_related) as bigint) as reached_related,
    cast(sum(reached_dual) as bigint) as reached_dual,
    cast(sum(reached_settled) as bigint) as reached_settled,
    cast(sum(competed_loyal) as bigint) as competed_loyal,
    cast(sum(competed_related) as bigint) as competed_related,
    cast(sum(competed_dual) as bigint) as competed_dual,
    cast(sum(left_loyal) as bigint) as left_loyal,
    cast(sum(left_related) as bigint) as left_related,
    cast(sum(left_dual) as bigint) as left_dual,
    cast(sum(left_settled) as bigint) as left_settled
from counted
group by cohort_no, days
