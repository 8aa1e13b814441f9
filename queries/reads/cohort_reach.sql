-- purpose: Of the people who first came in a fiscal year or quarter, the share that reached a stage within so many days.
-- grain:   cohort, stage, within_days
-- reads:   mart_cohorts, mart_cohort_curves
-- params:
--   $region_level  varchar  municipality, prefecture, nation, group
--   $region_code   varchar  code of the region
--   $as_of         date     last day that is looked at
--   $cohort_kind   varchar  fy, quarter
--   $entry         varchar  all; later: without people who came in the log's first 365 days
-- columns:
--   cohort         varchar  2025 (fiscal year) or 2025-04 (quarter that begins then)
--   stage          varchar  loyal, related, dual (that rung or a higher one), settled
--   within_days    integer  91, 182, 365, 730, 1095; of fiscal years months between, too, where they are worked out
--   is_window      boolean  whether it is one of those five
--   people         bigint   in the cohort
--   early          bigint   of these, people who came in the log's first 365 days
--   is_complete    boolean  everybody of the cohort is watched for so long: nothing will change any more
--   at_risk        bigint   neither reached it nor settled before that day, and still watched on it
--   followed       bigint   observed for that long, or reached it or settled before
--   reached        bigint   reached it within that time, as observed
--   competed       bigint   settled first within that time, as observed
--   reach_rate     double   Aalen-Johansen estimate (Kaplan-Meier where nobody settles first); null where nobody is observed for so long
--   rate_low       double   lower end of its 95 % interval (log-log)
--   rate_high      double   upper end
--   settled_first  double   share that settled without having reached it
--   naive_rate     double   reached by people; only where the cohort is complete
--   is_shown       boolean  complete, or at least ten people at risk: a curve is drawn that far
--   median_days    integer  within which half have reached it; null where it is not reached by half

with

cohorts as (

    select
        region_level,
        region_code,
        as_of,
        cohort_kind,
        cohort,
        entry,
        target,
        people,
        early,
        median_days,
        max(case when early > 0 then 1 else 0 end) over (partition by cohort) as has_early
    from mart_cohorts
    where
        region_level = $region_level
        and region_code = $region_code
        and as_of = $as_of
        and cohort_kind = $cohort_kind

),

chosen as (

    -- A cohort without anybody from the log's first days has no curve of its own for the others: it is the same.
    select
        region_level,
        region_code,
        as_of,
        cohort_kind,
        cohort,
        entry,
        target,
        people,
        early,
        median_days
    from cohorts
    where entry = case when $entry = 'later' and has_early = 1 then 'later' else 'all' end

),

estimates as (

    select
        chosen.cohort,
        chosen.target,
        chosen.people,
        chosen.early,
        chosen.median_days,
        curves.days,
        curves.days in (91, 182, 365, 730, 1095) as is_window,
        curves.is_complete,
        curves.at_risk,
        curves.followed,
        curves.reached,
        curves.competed,
        curves.incidence,
        curves.competing,
        -- Standard error of log(-log(1 - incidence)); undefined where nobody or everybody has reached it.
        case
            when curves.incidence > 0 and curves.incidence < 1
                then curves.std_error / ((1 - curves.incidence) * abs(ln(1 - curves.incidence)))
        end as spread
    from chosen
    inner join mart_cohort_curves as curves
        on
            chosen.region_level = curves.region_level
            and chosen.region_code = curves.region_code
            and chosen.as_of = curves.as_of
            and chosen.cohort_kind = curves.cohort_kind
            and chosen.cohort = curves.cohort
            and chosen.entry = curves.entry
            and chosen.target = curves.target

)

select
    cohort,
    target as stage,
    days as within_days,
    is_window,
    people,
    early,
    is_complete,
    at_risk,
    followed,
    reached,
    competed,
    incidence as reach_rate,
    1 - pow(1 - incidence, exp(-1.959963984540054 * spread)) as rate_low,
    1 - pow(1 - incidence, exp(1.959963984540054 * spread)) as rate_high,
    competing as settled_first,
    case when is_complete then reached / cast(people as double) end as naive_rate,
    incidence is not null and (is_complete or at_risk >= 10) as is_shown,
    median_days
from estimates
order by
    cohort,
    case target when 'loyal' then 1 when 'related' then 2 when 'dual' then 3 else 4 end,
    days
