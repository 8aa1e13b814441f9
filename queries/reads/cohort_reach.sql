-- purpose: Of the people who first came in a fiscal year, the share that reached a stage within so many days.
-- grain:   cohort, stage, within_days
-- reads:   stage_spells
-- params:
--   $region_level  varchar  municipality, prefecture, nation, group
--   $region_code   varchar  code of the region
--   $as_of         date     last day that is looked at
-- columns:
--   cohort       bigint   fiscal year of the first day in a stage that needs a visit
--   stage        varchar  loyal, related, dual, settled: this one or a higher one
--   within_days  integer  365, 730, 1095
--   people       bigint   in the cohort
--   followed     bigint   observed for that long, or reached it before
--   reached      bigint   reached it within that time, as observed
--   reach_rate   double   Kaplan-Meier estimate; null where nobody is observed for so long
--   rate_low     double   lower end of its 95 % interval (Greenwood, log-log)
--   rate_high    double   upper end

-- Unfinished observation is not failure: somebody first seen 200 days before the day counts as watched for
-- 200 days, and leaves the people at risk then. Kaplan and Meier 1958; Kalbfleisch and Prentice 2002.

with

spells as (

    select
        person_key,
        stage,
        valid_from,
        valid_to
    from stage_spells
    where
        region_level = $region_level
        and region_code = $region_code
        and valid_from <= $as_of

),

people as (

    select
        person_key,
        min(case when stage not in ('interest', 'dormant') then valid_from end) as came_on,
        min(case when stage in ('loyal', 'related', 'dual', 'settled') then valid_from end) as loyal_on,
        min(case when stage in ('related', 'dual', 'settled') then valid_from end) as related_on,
        min(case when stage in ('dual', 'settled') then valid_from end) as dual_on,
        min(case when stage = 'settled' then valid_from end) as settled_on,
        least(max(coalesce(valid_to - 1, $as_of)), $as_of) as watched_until
    from spells
    group by person_key

),

targets as (

    select
        people.person_key,
        year(people.came_on) - case when month(people.came_on) < 4 then 1 else 0 end as cohort,
        targets.stage,
        people.came_on,
        people.watched_until,
        case targets.stage
            when 'loyal' then people.loyal_on
            when 'related' then people.related_on
            when 'dual' then people.dual_on
            else people.settled_on
        end as reached_on
    from people
    cross join (values ('loyal'), ('related'), ('dual'), ('settled')) as targets (stage)
    where people.came_on is not null

),

times as (

    select
        cohort,
        stage,
        greatest(date_diff('day', came_on, coalesce(reached_on, watched_until)), 0) as days,
        reached_on is not null as is_reached
    from targets

),

by_day as (

    select
        cohort,
        stage,
        days,
        count(case when is_reached then 1 end) as reached,
        count(*) as leaving
    from times
    group by cohort, stage, days

),

life_table as (

    select
        cohort,
        stage,
        days,
        reached,
        sum(leaving) over (
            partition by cohort, stage
            order by days desc
            rows between unbounded preceding and current row
        ) as at_risk
    from by_day

),

limits as (

    select
        sizes.cohort,
        sizes.stage,
        spans.within_days,
        sizes.people,
        sizes.longest
    from (
        select cohort, stage, count(*) as people, max(days) as longest
        from times
        group by cohort, stage
    ) as sizes
    cross join (values (365), (730), (1095)) as spans (within_days)

),

products as (

    select
        limits.cohort,
        limits.stage,
        limits.within_days,
        limits.people,
        limits.longest,
        coalesce(sum(life_table.reached), 0) as reached,
        coalesce(bool_or(life_table.reached = life_table.at_risk), false) as is_everybody,
        sum(
            case
                when life_table.reached < life_table.at_risk
                    then ln(1 - life_table.reached / cast(life_table.at_risk as double))
                else 0
            end
        ) as log_survival,
        sum(
            case
                when life_table.reached < life_table.at_risk
                    then
                        life_table.reached
                        / (cast(life_table.at_risk as double) * (life_table.at_risk - life_table.reached))
                else 0
            end
        ) as greenwood
    from limits
    left join life_table
        on
            limits.cohort = life_table.cohort
            and limits.stage = life_table.stage
            and limits.within_days >= life_table.days
            and life_table.reached > 0
    group by limits.cohort, limits.stage, limits.within_days, limits.people, limits.longest

),

followed as (

    select
        limits.cohort,
        limits.stage,
        limits.within_days,
        count(*) as followed
    from limits
    inner join times
        on
            limits.cohort = times.cohort
            and limits.stage = times.stage
            and (times.is_reached or times.days >= limits.within_days)
    group by limits.cohort, limits.stage, limits.within_days

),

estimates as (

    select
        cohort,
        stage,
        within_days,
        people,
        longest,
        reached,
        case when is_everybody then 0 else exp(coalesce(log_survival, 0)) end as survival,
        -- Standard error of log(-log(survival)); undefined where nobody or everybody has reached it.
        case
            when not is_everybody and log_survival < 0 then sqrt(greenwood) / abs(log_survival)
        end as spread
    from products

)

select
    estimates.cohort,
    estimates.stage,
    estimates.within_days,
    estimates.people,
    coalesce(followed.followed, 0) as followed,
    cast(estimates.reached as bigint) as reached,
    case when estimates.longest >= estimates.within_days or estimates.survival = 0 then 1 - estimates.survival end
        as reach_rate,
    case
        when estimates.longest >= estimates.within_days
            then 1 - pow(estimates.survival, exp(-1.959963984540054 * estimates.spread))
    end as rate_low,
    case
        when estimates.longest >= estimates.within_days
            then 1 - pow(estimates.survival, exp(1.959963984540054 * estimates.spread))
    end as rate_high
from estimates
left join followed
    on
        estimates.cohort = followed.cohort
        and estimates.stage = followed.stage
        and estimates.within_days = followed.within_days
order by
    estimates.cohort,
    case estimates.stage when 'loyal' then 1 when 'related' then 2 when 'dual' then 3 else 4 end,
    estimates.within_days
