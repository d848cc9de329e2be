import type { Quantity } from '../../../src-shared/cell/mapping.ts'

/**
 * Names that programs give a quantity's column, without blanks, signs, digits and units; the better one first. English,
 * then German, French, Chinese and Japanese; `of:…` is headed by its unit alone.
 */
export const synonyms: Readonly<Record<Quantity, readonly string[]>> = {
  time: words(
    'testtime totaltime tottime cumulativetime elapsedtime runtime progtime programtime programduration test testduration elapsed',
    'testzeit gesamtzeit programmdauer programmzeit prüfzeit laufzeit tempsécoulé tempstotal tempsdetest',
    '总时间 测试时间 累计时间 运行时间 経過時間 試験時間 time zeit temps 时间 時間 t chargetime of:time',
  ),
  stepTime: words(
    'steptime relativetime stepduration statetime tstep schrittzeit schrittdauer tempsdétape duréedétape',
    '相对时间 工步时间 步骤时间 步时间',
  ),
  clock: words(
    'datetime dateandtime realtime dpttime absolutetime systemtime systime timestamp datetimeisostring unixtime',
    'zeitstempel datumzeit datumuhrzeit dateheure dateetheure horodatage',
    '绝对时间 系统时间 记录时间 采样时间 日期时间 日期 日時 date datum',
  ),
  // With a reference electrode Ewe is half of a cell's voltage; Ewe-Ece is all of it.
  voltage: words(
    'voltage cellvoltage batteryvoltage terminalvoltage voltagemeasured channelvoltage volts volt vol potential ecell eweece ewe',
    'wepotential workingelectrode vcell ucell ubattery cvol',
    'spannung zellspannung batteriespannung klemmenspannung uzelle ubatterie tension tensioncellule tensiondelacellule potentiel',
    '电压 电池电压 单体电压 总电压 電圧 電壓 v u of:voltage',
  ),
  current: words(
    'current cellcurrent batterycurrent currentmeasured channelcurrent amps mamps curr cur i wecurrent icell ibattery ccur',
    'strom zellstrom batteriestrom izelle ibatterie courant intensité courantcellule 电流 电池电流 总电流 電流 of:current',
  ),
  chargeCapacity: words(
    'chargecapacity chargingcapacity chargedcapacity capacitycharge chargecap chgcap chgcapacity charcap capchg capacitychg capacitancechg',
    'qcharge ahcyccharge ahcha ahcharge ladekapazität geladenekapazität capacitédecharge capacitécharge',
    '充电容量 充电电量 充電容量 charge',
  ),
  dischargeCapacity: words(
    'dischargecapacity dischargingcapacity dischargedcapacity capacitydischarge dischargecap dchgcap dchgcapacity dischgcap dischargcap',
    'discharcap capdchg capacitydchg capacitancedchg qdischarge ahcycdischarge ahdch ahdischarge',
    'entladekapazität entladenekapazität capacitédedécharge capacitédécharge 放电容量 放电电量 放電容量 discharge',
  ),
  capacity: words(
    'capacity cap amphr mamphr amphours netcapacity stepcumulativecapacity ahaccu ahstep kapazität capacité 容量 ah of:charge',
  ),
  cycle: words(
    'cycleindex cyclenumber cyclecount cyclec cycle cycleid cycleno cyc cyccount totcycle numberofcycle zcycle cyclep',
    '循环号 循环序号 循环次数 循环数 循环 サイクル zyklus zyklusnummer zyklennummer zykcount numérodecycle',
  ),
  step: words(
    'stepindex stepnumber stepid stepcount stepno steps step line ns schritt zeile étape 工步号 工步序号 步次',
  ),
  state: words(
    'state stepstate stepstatus steptype stepmode stepname md status mode command type zustand befehl schritttyp état',
    '工步类型 步骤类型 工作模式 工步状态 工步名称 状态',
  ),
  temperature: words(
    'temperature celltemperature batterytemperature temperaturemeasured temperaturecell surfacetemperature csurftemp ctemp temperaturet',
    'auxtemperature temp t temperatur zelltemperatur température températurecellule mtv 温度 电池温度',
    'temperaturea temperaturechamber chambertemperature ambienttemperature environmenttemperature tenv ambtemp of:temperature',
  ),
}

/** Too short or too general to stand without a unit: PEC numbers its tests under `Test`. */
export const needsUnit: ReadonlySet<string> = new Set(
  words('test t i u v ah elapsed charge discharge temperaturet temperaturea ibattery ubattery'),
)

function words(...lines: readonly string[]): string[] {
  return lines.join(' ').split(' ')
}
