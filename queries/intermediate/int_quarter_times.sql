-- purpose: After how many days people who came in a quarter reached a stage, settled before, or were last watched.
-- grain:   place_no, quarter_from, is_early, days
-- reads:   int_entries, int_cohort_days
-- params:  none
-- columns:
--   place_no           bigint   region and day, as in int_cohort_days
--   quarter_from       date     first day of the quarter of the first visit
--   is_early           boolean  came in the first 365 days of the log
--   days               integer  since the first visit
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

-- Few people ever climb. Everybody is counted once, under the days there were to watch them, and who climbed once
-- more, when; the four stages stand side by side.

with

watched as (

    select
        days.place_no,
        entries.came_on,
        entries.is_early,
        entries.loyal_on,
        entries.related_on,
        entries.dual_on,
        entries.settled_on,
        entries.people,
        date_diff('day', entries.came_on, days.as_of) as watched_days
    from int_entries as entries
    inner join int_cohort_days as days
        on
            entries.region_level = days.region_level
            and entries.region_code = days.region_code
            and entries.speaks_from = days.speaks_from
            and entries.came_on <= days.as_of

),

aimed as (

    select
        watched.place_no,
        watched.came_on,
        watched.is_early,
        watched.settled_on,
        watched.people,
        watched.watched_days,
        targets.target,
        case targets.target
            when 'loyal' then watched.loyal_on
            when 'related' then watched.related_on
            when 'dual' then watched.dual_on
            else watched.settled_on
        end as reached_on
    from watched
    cross join (values ('loyal'), ('related'), ('dual'), ('settled')) as targets (target)
    where watched.loyal_on is not null or watched.settled_on is not null

),

ended as (

    -- Whichever comes first; on one day settled does, being the stage of that day.
    select
        place_no,
        came_on,
        is_early,
        target,
        people,
        watched_days,
        target = 'settled' or settled_on is null or coalesce(reached_on < settled_on, false) as is_reached,
        greatest(date_diff('day', came_on, least(reached_on, settled_on)), 0) as ended_days
    from aimed
    where reached_on is not null or settled_on is not null

),

counted as (

    select
        place_no,
        came_on,
        is_early,
        watched_days as days,
        'watched' as what,
        '' as target,
        people
    from watched

    union all

    select
        place_no,
        came_on,
        is_early,
        ended_days as days,
        case when is_reached then 'reached' else 'competed' end as what,
        target,
        people
    from ended
    where ended_days <= watched_days

    union all

    select
        place_no,
        came_on,
        is_early,
        watched_days as days,
        'left' as what,
        target,
        people
    from ended
    where ended_days <= watched_days

)

select
    place_no,
    cast(date_trunc('quarter', came_on) as date) as quarter_from,
    is_early,
    cast(days as integer) as days,
    cast(sum(case when what = 'watched' then people else 0 end) as bigint) as watched,
    cast(sum(case when what = 'reached' and target = 'loyal' then people else 0 end) as bigint) as reached_loyal,
    cast(sum(case when what = 'reached' and target = 'related' then people else 0 end) as bigint) as reached_related,
    cast(sum(case when what = 'reached' and target = 'dual' then people else 0 end) as bigint) as reached_dual,
    cast(sum(case when what = 'reached' and target = 'settled' then people else 0 end) as bigint) as reached_settled,
    cast(sum(case when what = 'competed' and target = 'loyal' then people else 0 end) as bigint) as competed_loyal,
    cast(sum(case when what = 'competed' and target = 'related' then people else 0 end) as bigint) as competed_related,
    cast(sum(case when what = 'competed' and target = 'dual' then people else 0 end) as bigint) as competed_dual,
    cast(sum(case when what = 'left' and target = 'loyal' then people else 0 end) as bigint) as left_loyal,
    cast(sum(case when what = 'left' and target = 'related' then people else 0 end) as bigint) as left_related,
    cast(sum(case when what = 'left' and target = 'dual' then people else 0 end) as bigint) as left_dual,
    cast(sum(case when what = 'left' and target = 'settled' then people else 0 end) as bigint) as left_settled
from counted
group by place_no, quarter_from, is_early, days
