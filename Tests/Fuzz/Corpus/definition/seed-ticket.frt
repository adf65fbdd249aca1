metric: ticket.frt
version: 1
title: "First response time"
unit: minutes
polarity: lower is better
readOut: duration
duration: firstResponse
statistic: median
dedupe: all
minimumCount: 30
