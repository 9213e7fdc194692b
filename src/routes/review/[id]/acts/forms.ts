/** Which form fills in which act. */
import type { Component } from 'svelte';
import type { ActKind } from '../act-kinds.ts';
import Accept from './Accept.svelte';
import AddMaterial from './AddMaterial.svelte';
import type { ActProps } from './act-props.ts';
import Assign from './Assign.svelte';
import Decide from './Decide.svelte';
import Deliver from './Deliver.svelte';
import Extend from './Extend.svelte';
import Forward from './Forward.svelte';
import MakeLicence from './MakeLicence.svelte';
import RefuseAcceptance from './RefuseAcceptance.svelte';
import RequestCorrection from './RequestCorrection.svelte';
import Resume from './Resume.svelte';
import Review from './Review.svelte';
import SupplyCorrection from './SupplyCorrection.svelte';
import Settle from './Settle.svelte';
import Suspend from './Suspend.svelte';
import Void from './Void.svelte';
import Withdraw from './Withdraw.svelte';

export const FORMS: Record<ActKind, Component<ActProps>> = {
  accept: Accept,
  requestCorrection: RequestCorrection,
  refuseAcceptance: RefuseAcceptance,
  supplyCorrection: SupplyCorrection,
  addMaterial: AddMaterial,
  settle: Settle,
  assign: Assign,
  review: Review,
  suspend: Suspend,
  resume: Resume,
  extend: Extend,
  decide: Decide,
  makeLicence: MakeLicence,
  deliver: Deliver,
  forward: Forward,
  withdraw: Withdraw,
  void: Void,
};
